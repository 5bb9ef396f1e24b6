/// Draws addresses: a flat in an estate or on a road, or a house in a village.
struct AddressMaker {
    private let roads = NameStock.words(
        """
        人民 解放 建设 中山 和平 胜利 文化 新华 光明 长江 黄河 北京 南京 民族 团结 友谊 朝阳 东风 前进 友好 迎宾 凤凰 清河 学府 \
        工业 滨河 环城 龙泉 南湖 北山 金水 花园 育才 青年 幸福
        """)
    private let roadEnds = NameStock.words("路 路 路 街 大街 东路 西路 南路 北路 巷")
    private let estates = NameStock.words(
        "阳光 锦绣 世纪 金桥 丽景 翠苑 御园 和谐 春晓 绿洲 东方 景泰 康居 福源 嘉和 银河 惠民 安居 水岸 龙湖")
    private let estateEnds = NameStock.words("小区 花园 家园 苑 新村 公寓")
    private let villageFirsts = NameStock.words("大 小 上 下 东 西 南 北 前 后 新 老 李 王 张 马 杨 赵 白 红 石 柳 沙 高 平")
    private let villageSeconds = NameStock.words("家 河 湾 庄 沟 堡 营 坪 桥 山 塘 岭 井 坝 滩 台 寨 洼 林 泉")
    private let urbanEnds = [Bytes("街道"), Bytes("街道办事处")]

    func address(in county: County, _ generator: inout SeededGenerator) -> Bytes {
        let town = generator.pick(county.towns)
        var text: Bytes = []
        text.reserveCapacity(128)
        text += county.fullName
        text += town
        if urbanEnds.contains(where: { town.ends(with: $0) }) || generator.chance(0.45) {
            text += generator.pick(roads)
            text += generator.pick(roadEnds)
            text.append(number: 1 + generator.index(380))
            text.append("号")
            if generator.chance(0.75) {
                text += generator.pick(estates)
                text += generator.pick(estateEnds)
                text.append(number: 1 + generator.index(28))
                text.append("号楼")
                text.append(number: 1 + generator.index(5))
                text.append("单元")
                text.append(number: (1 + generator.index(18)) * 100 + 1 + generator.index(4))
                text.append("室")
            }
        } else {
            text += generator.pick(villageFirsts)
            text += generator.pick(villageSeconds)
            text.append("村")
            text.append(number: 1 + generator.index(12))
            text.append("组")
            text.append(number: 1 + generator.index(160))
            text.append("号")
        }
        return text
    }
}
