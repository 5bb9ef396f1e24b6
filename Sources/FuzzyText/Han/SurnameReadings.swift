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
}
