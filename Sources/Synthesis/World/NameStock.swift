/// The parts names are made of. Everyday given names and characters; no list of real people.
enum NameStock {
    /// Characters of Han given names, most usual first, by era of birth: before 1960, 1980, 2000, and later.
    static let maleCharacters = [
        "国建华德明文志永福长贵玉金春成生荣新光学海清树军祥林平云才有万发宝俊和义昌忠庆全山富兴振喜保占江洪连广东元耀培士树",
        "伟强军勇建国志明波辉刚斌涛鹏飞峰华杰东海永红亮平新林宏兵武龙健文民利胜忠兴俊刚锋晓春小卫庆爱学社",
        "伟磊超鹏杰涛浩亮龙洋鑫宇飞凯辉斌峰帅博晨阳俊旭波强健雷毅文明少小晓子佳志海东成威坤勇彬翔",
        "浩宇轩博文子涵俊杰天泽睿晨嘉铭豪阳航佳霖皓奕辰梓一凡煜城昊然志鑫瑞哲毅思恒景瑜锦逸明家",
    ]
    static let femaleCharacters = [
        "秀英玉兰桂珍芳淑凤梅琴月素莲华荣香云霞贞菊巧翠金花春爱美凤仙惠雪银娥芝琼瑞彩",
        "丽敏静艳芳红燕霞梅玲娟华英琴萍云秀莉慧春玉凤小晓爱海雪桂亚淑卫平冬文美彩",
        "静丽娜婷敏艳娟芳燕霞丹雪倩莉慧洁琳璐颖莹佳瑶晶婧晓小文思亚春海蓉薇梦媛",
        "雨欣怡涵梓萱子诗琪佳瑶思彤语嘉雯婷悦可馨妍晨一诺钰雅若心梦婉芷依紫玥宁睿",
    ]
    /// Share of one-character given names, by the same eras.
    static let shortNameShares = [0.10, 0.24, 0.32, 0.12]

    static let uyghurMale = words(
        """
        买买提 艾合买提 阿不都拉 吐尔逊 玉素甫 依明 卡德尔 艾力 库尔班 热合曼 阿卜力孜 牙生 肉孜 帕尔哈提 迪力夏提 艾尔肯 \
        努尔买买提 伊力亚 木合塔尔 赛买提 托合提 司马义 巴拉提 阿迪力 克里木 沙塔尔 尼加提 地里木拉提
        """)
    static let uyghurFemale = words(
        """
        阿依古丽 古丽娜尔 帕提古丽 热依汗 阿依努尔 佐热姆 米热古丽 迪丽努尔 孜乃提 布合丽其 阿米娜 再娜甫 吐尔逊古丽 图尔荪阿依 \
        阿孜古丽 热娜 古丽扎尔 玛依拉 努尔比亚 凯丽比努尔
        """)
    static let kazakhMale = words("叶尔兰 巴合提 努尔兰 达吾列提 加尔肯 赛力克 波拉提 哈那提 叶斯木 马合沙提 木拉提 阿勒腾")
    static let kazakhFemale = words("阿依努尔 古丽加娜 巴合提古丽 赛娜 加娜尔 沙吾烈 努尔古丽 阿依达娜 玛丽亚 叶尔克")
    static let tibetan = words(
        """
        扎西 卓玛 次仁 达瓦 拉姆 平措 旦增 央金 格桑 顿珠 白玛 尼玛 多吉 德吉 索南 仁青 才让 措姆 边巴 普布 罗布 曲珍
        """)
    static let mongolian = words(
        """
        巴特尔 其其格 乌兰 苏日娜 格日勒 那仁 图雅 阿拉坦 萨仁 宝音 额尔敦 斯琴 高娃 朝鲁 吉日嘎拉 乌云 其木格 满都拉 哈斯 特木尔
        """)
    static let daiMale = words("岩温 岩罕 岩坎 岩香 岩叫 岩三")
    static let daiFemale = words("玉罕 玉香 玉温 玉叫 玉儿 玉波")
    static let daiSecond = words("香 旺 罕 光 丙")
    static let yiClans = words("阿苏 吉克 沙马 阿尔 曲比 马海 吉木 俄木")
    static let yiGiven = words("伍呷 木果 拉铁 尔古 阿依 子日 作古")
    static let koreanSurnames = words("金 朴 崔 李 郑 姜 尹 赵 林 张")

    static func words(_ text: String) -> [Bytes] {
        text.split(separator: " ").map { Bytes($0.utf8) }
    }
}
