/// Forms of characters that the embedded table lacks: own list of printing variants and Japanese forms that stand in
/// names and old files. Each word: the form, then the standard simplified character.
enum VariantForms {
    static let pairs = """
        裡里 衞卫 専专 恵惠 広广 辺边 桜樱 斉齐 斎斋 瀬濑 関关 実实 応应 軽轻 鉄铁 徳德 沢泽 図图 団团 囲围 伝传 仏佛 仮假 価价 児儿 歩步 毎每 気气 処处 剣剑 勲勋 営营
        囙因 壱壹 嶋岛 糸丝 絵绘 継继 続续 緑绿 縁缘 繊纤 聴听 脳脑 臓脏 荘庄 蛍萤 覧览 観观 訳译 読读 説说 豊丰 転转 遅迟 釈释 鋳铸 録录 鎭镇 陥陷 険险 雑杂 霊灵 顕显
        顔颜 駅驿 髄髓 鶏鸡 齢龄 珮佩 涙泪 愼慎 慤悫 綫线 綉绣 縂总 羴膻 翶翱 葠参 讃赞 輭软 遶绕 郷乡 鈎钩 銲焊 鋭锐 鐡铁 鑛矿 隣邻 靑青 飃飘 駡骂 髪发 鬪斗 鷄鸡 姫姬
        巌岩 弾弹 戯戏 拡扩 挙举 撃击 暁晓 楽乐 権权 歓欢 渓溪 滝泷 焼烧 獣兽 県县 稲稻 縄绳 艶艳 薫薰 譲让
        """
}
