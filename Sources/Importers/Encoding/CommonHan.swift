/// Characters that Chinese registers are full of: the most frequent of running text, surnames, given names, places and the
/// words of forms, in both scripts. Text read in the wrong encoding has hardly any of them, which is all they are used for.
enum CommonHan {
    static func contains(_ scalar: Unicode.Scalar) -> Bool { all.contains(scalar.value) }

    static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    private static let all: Set<UInt32> = Set(
        (running + surnames + givenNames + places + forms).unicodeScalars.map(\.value))

    private static let running = """
        的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学\
        如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将\
        两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及\
        比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统\
        區至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確\
        傳師觀清今切院讓識候帶導爭運這個們來為國說時會對發後學現當沒動進樣實無與長機問關點業將兩間應戰頭體見產話給門論處義幾認條氣題爾變總電數
        """
    private static let surnames = """
        王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方\
        邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季欧阳諸葛司馬劉陳楊黃趙吳孫鄭謝許韓鄧馮蕭葉蘇呂盧\
        鐘譚陸賈韋鄒龍賀顧龔萬錢嚴湯喬賴歐陽葛
        """
    private static let givenNames = """
        伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华玉萍红鹏辉健斌波宇浩凯健俊帆雪莉婷慧梅琴云莲珍荣爱香月莺媛瑞凡佳嘉琼勤珠翠雅芝欣怡\
        建志国庆春晓东海燕梓涵子轩雨欣诗思雯妍若晨阳博文泽睿悦馨煜豪依宁倩晶淑惠芬素凤洁颖露瑶婧淼岩鑫楠飞翔峰岭林森旭亮宏光德福贵祥仁义忠孝\
        偉麗強軍艷傑濤蘭剛華紅鵬輝凱愛瓊雲蓮鳳潔穎
        """
    private static let places = """
        省市县区镇乡村街道路号组楼单元室栋层苑园小区新花园社委会北京上海天津重庆广东西州深圳浙江苏南山湖四川成都武汉杭宁安徽福建贵云辽吉林黑龙江\
        内蒙古新疆藏青海甘肃陕河台湾香港澳门自治旗盟屯庄庙桥门东西南北中前后大小城关光明和平人民解放胜利建设团结友谊工业富兴凤凰溪塘坝坪岭坡井\
        縣區鎮鄉號組樓單層園莊橋門臺灣廣貴雲遼龍藏陝環興巷弄段鄰里鳳
        """
    private static let forms = """
        编号姓名性别男女民族汉族出生日期公民身份证件号码户籍地址居住现住地代联系电话手机登记状态正常注销死亡迁出入类型来源备注单位服务人员信息是否\
        建档最近走访家庭与户主关系婚姻状况已未离异丧偶文化程度职业残疾等级保险社保医疗救助低保儿童老年健康档案编碼證號碼戶籍聯繫電話狀態註銷遷類\
        備單與關係婚況異喪職業殘險醫療檔訪齡別機
        """
}
