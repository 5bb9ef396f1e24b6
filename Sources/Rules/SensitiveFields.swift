import Records

/// Fields about which two records may not be compared unless the rule book gives a reason: ethnicity, religion, health,
/// sexual life and biometrics (PIPL art. 28, GDPR art. 9).
enum SensitiveFields {
    /// Whole words of a field's name, as parted by `_`.
    static let words: Set<String> = [
        "ethnic", "ethnicity", "ethnics", "nation", "nationality", "race", "minzu", "mz",
        "religion", "religious", "faith", "belief", "confession", "church", "zongjiao",
        "health", "medical", "diagnosis", "diagnoses", "disease", "illness", "disability", "disabled", "hiv", "icd",
        "pregnant", "pregnancy", "medication", "blood", "allergy", "addiction",
        "sexuality", "orientation",
        "biometric", "biometrics", "fingerprint", "fingerprints", "face", "facial", "iris", "retina", "voiceprint",
        "dna",
        "gene", "genetic", "genome",
    ]

    /// Parts of a field's name in Chinese.
    static let parts = [
        "民族", "族别", "种族", "宗教", "信仰", "健康", "病", "诊断", "残疾", "残障", "医疗", "用药", "血型", "孕",
        "生物特征", "指纹", "人脸", "面部", "虹膜", "声纹", "基因", "性取向",
    ]

    static func contains(_ field: Field) -> Bool {
        if field.kind == .ethnicGroup { return true }
        let name = field.name.lowercased()
        return name.split(separator: "_").contains { words.contains(String($0)) }
            || parts.contains { name.contains($0) }
    }
}
