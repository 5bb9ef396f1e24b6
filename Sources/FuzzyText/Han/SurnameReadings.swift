/// Surnames that are read otherwise than their characters are read elsewhere; own list.
enum SurnameReadings {
    /// A line each: the surname, and a syllable for each of its characters.
    static let table = """
        单 shan4
        仇 qiu2
        曾 zeng1
        解 xie4
        区 ou1
        查 zha1
        任 ren2
        华 hua4
        朴 piao2
        盖 ge3
        缪 miao4
        宁 ning4
        乐 yue4
        覃 qin2
        召 shao4
        员 yun4
        黑 he4
        秘 bi4
        冼 xian3
        洗 xian3
        纪 ji3
        葛 ge3
        隗 wei3
        那 na1
        翟 zhai2
        柏 bai3
        卜 bu3
        牟 mu4
        阚 kan4
        谌 chen2
        燕 yan1
        应 ying1
        令 ling2
        种 chong2
        重 chong2
        折 she2
        逄 pang2
        繁 po2
        晟 cheng2
        洪 hong2
        哈 ha3
        长 zhang3
        尉 wei4
        万 wan4
        不 fou3
        过 guo1
        能 nai4
        强 qiang2
        相 xiang4
        谷 gu3
        费 fei4
        撒 sa4
        车 che1
        占 zhan1
        訾 zi1
        臧 zang1
        母 mu3
        郗 xi1
        郄 qie4
        郇 xun2
        眭 sui1
        妫 gui1
        笪 da2
        仉 zhang3
        佴 nai4
        句 gou1
        缴 jiao3
        曲 qu1
        钭 tou3
        莘 shen1
        行 xing2
        盛 sheng4
        石 shi2
        褚 chu3
        尹 yin3
        尉迟 yu4 chi2
        万俟 mo4 qi2
        长孙 zhang3 sun1
        澹台 tan2 tai2
        令狐 ling2 hu2
        单于 chan2 yu2
        鲜于 xian1 yu2
        夏侯 xia4 hou2
        宰父 zai3 fu3
        濮阳 pu2 yang2
        亓官 qi2 guan1
        """

    /// Surnames of two characters that are in use.
    static let compound: Set<[UInt32]> = Set(
        """
        欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 长孙 端木 夏侯 轩辕 司空 宇文 鲜于 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 \
        仲孙 钟离 万俟 赫连 南宫 西门 东郭 百里 呼延 独孤 拓跋 完颜 耶律 纳兰 叶赫 第五 左丘 公羊 谷梁 乐正 亓官 司寇 子车 颛孙 巫马 公西 漆雕 \
        壤驷 公良 夹谷 宰父 微生 羊舌 梁丘 东门 南门 北堂 段干 即墨 达奚 褚师 哥舒 欧侯 贺兰 贺若 尔朱 沙吒 爱新 瓜尔 钮祜 那拉
        """.split(separator: " ").map { $0.unicodeScalars.map(\.value) })
}
