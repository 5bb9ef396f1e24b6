/// Chinese surnames of two characters that are in use; own list.
package enum CompoundSurnames {
    package static let all: Set<String> = Set(
        """
        欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 长孙 端木 夏侯 轩辕 司空 宇文 鲜于 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 \
        仲孙 钟离 万俟 赫连 南宫 西门 东郭 百里 呼延 独孤 拓跋 完颜 耶律 纳兰 叶赫 第五 左丘 公羊 谷梁 乐正 亓官 司寇 子车 颛孙 巫马 公西 漆雕 \
        壤驷 公良 夹谷 宰父 微生 羊舌 梁丘 东门 南门 北堂 段干 即墨 达奚 褚师 哥舒 欧侯 贺兰 贺若 尔朱 沙吒 爱新 瓜尔 钮祜 那拉
        """.split(separator: " ").map(String.init))

    /// The same as Unicode scalars.
    package static let scalars: Set<[UInt32]> = Set(all.map { $0.unicodeScalars.map(\.value) })
}
