import Records

/// What offices call their columns: Chinese, pinyin initials, English. The first entry whose word fits wins, so the
/// particular stand before the general.
struct HeaderWord: Sendable {
    /// Name of the field in the draft; offices that call it differently meet in it.
    let field: String
    let kind: FieldKind
    /// Whole headers after folding, or (Chinese, from two characters on) parts of them.
    let words: [String]

    init(_ field: String, _ kind: FieldKind, _ words: String) {
        self.field = field
        self.kind = kind
        self.words = words.split(separator: " ").map(String.init)
    }

    /// Columns that number the office's own records.
    private static let recordID: Set<String> = [
        "id", "recid", "recordid", "rid", "no", "nr", "number", "rowid", "key", "uid", "clientid", "personid", "bh",
        "xh", "recno", "recordno", "recordnumber", "regno", "clientno", "caseid", "caseno", "memberid", "patientid",
        "rybh", "dah", "编号", "序号", "人员编号", "档案号", "档案编号", "记录编号", "登记号",
    ]

    static let all: [HeaderWord] = [
        HeaderWord("guardian_id", .residentID, "监护人身份证号 监护人证件号码 监护人身份证号码 jhrsfzh guardianid"),
        HeaderWord("guardian", .personName, "监护人姓名 监护人 jhrxm jhr guardian guardianname"),
        HeaderWord("contact_name", .personName, "联系人姓名 联系人 紧急联系人 lxr lxrxm contactname contactperson"),
        HeaderWord("caseworker", .personName, "个案社工 社工 经办人 责任人 jbr caseworker socialworker worker"),
        HeaderWord("grid_officer", .personName, "网格员 网格员姓名 wgy wgyxm gridofficer"),
        HeaderWord("name", .personName, "姓名 人员姓名 居民姓名 服务对象姓名 xm ryxm name fullname personname clientname"),
        HeaderWord(
            "other_name", .text,
            "曾用名 别名 又名 preferredname knownas alias nickname formername previousname othername othernames maidenname birthname"
        ),
        HeaderWord(
            "surname", .surname,
            "姓 姓氏 surname lastname familyname lname nachname familienname apellido apellidos nomdefamille cognome"),
        HeaderWord(
            "given_name", .givenName,
            "名 名字 givenname givennames firstname firstnames forename forenames fname given vorname vornamen prenom prenoms "
                + "nombre nombres"),
        HeaderWord(
            "middle_name", .givenName, "middlename middlenames middleinitial secondname secondgivenname mname mi"),
        HeaderWord(
            "id_number", .residentID,
            "公民身份号码 身份证号码 身份证号 身份证 公民身份证号 证件号码 证件号 sfzh sfzhm gmsfhm sfz zjhm zjh idno idnumber idcard "
                + "idcardno identityno identitynumber residentid nationalid nationalidentity"),
        HeaderWord("social_security_no", .identifier, "社保号 社保卡号 社会保障号 sbkh ssn socsecid socialsecurityno"),
        HeaderWord("insurance_no", .identifier, "医保号 医保卡号 ybkh insuranceno insurancenumber"),
        HeaderWord("passport_no", .identifier, "护照号 护照号码 passport passportno passportnumber"),
        HeaderWord(
            "driving_licence", .identifier,
            "驾驶证号 jszh driverslicense driverslicence driverlicense drivinglicence drivinglicense"),
        HeaderWord("tax_no", .identifier, "纳税人识别号 税号 taxid taxno taxnumber steuerid"),
        HeaderWord("nhs_no", .identifier, "nhs nhsnumber nhsno"),
        HeaderWord("medicare_no", .identifier, "medicare medicareno medicarenumber"),
        HeaderWord("medical_record_no", .identifier, "病历号 mrn medicalrecordnumber medicalrecordno"),
        HeaderWord("health_card_no", .identifier, "健康卡号 就诊卡号 healthnumber healthcard healthcardnumber healthcardno"),
        HeaderWord("disability_card", .identifier, "残疾证号 残疾人证号 cjzh disabilitycard"),
        HeaderWord("sex", .code, "性别 xb sex gender"),
        HeaderWord(
            "birth_date", .date,
            "出生日期 出生年月日 出生年月 生日 csrq csny dob birthdate dateofbirth birthday born geburtsdatum datenaissance "
                + "datedenaissance fechanacimiento fechadenacimiento"),
        HeaderWord("birth_year", .number, "出生年份 birthyear yearofbirth yob by"),
        HeaderWord("birth_month", .number, "出生月份 birthmonth monthofbirth mob bm"),
        HeaderWord("birth_day", .number, "birthdayofmonth dayofbirth bd"),
        HeaderWord("death_date", .date, "死亡日期 死亡时间 swrq dod deathdate dateofdeath died"),
        HeaderWord("ethnic_code", .ethnicGroup, "民族代码 民族 族别 mz mzdm ethnicity ethnic ethniccode ethnicgroup"),
        HeaderWord(
            "hukou_code", .division, "户籍地区划代码 户籍区划代码 户籍地代码 户籍行政区划 hjdqh hjqh domicilecode hukoucode"),
        HeaderWord(
            "hukou_addr", .address, "户籍地址 户籍所在地 户口所在地 户籍地 户口地址 hjdz hjd domicile domicileaddress hukou hukouaddress"),
        HeaderWord(
            "res_code", .division,
            "居住地区划代码 现住地代码 居住地代码 现住地区划 行政区划代码 行政区划 区划代码 xzqh xzqhdm xzdqh jzdqh residencecode rescode areacode "
                + "districtcode division"),
        HeaderWord(
            "res_addr", .address,
            "居住地址 现住址 现住地址 常住地址 家庭住址 家庭地址 住址 居住地 联系地址 地址 jzdz xzz xzdz jtzz zz dz residence residenceaddress "
                + "resaddr address addr homeaddress fulladdress addrfull addressfull mailingaddress permanentaddress "
                + "residentialaddress adresse anschrift direccion"),
        HeaderWord("house_number", .houseNumber, "门牌号 mph housenumber streetnumber houseno streetno"),
        HeaderWord(
            "street", .street,
            "路名 street streetname streetaddress address1 addr1 addressline1 addrline1 addressline addrline strasse "
                + "rue calle"),
        HeaderWord(
            "city", .city, "城市 市 city town citytown towncity suburb locality place ort wohnort stadt ville ciudad"),
        HeaderWord("province", .code, "省份 省 province addrstate addressstate stateprovince provincestate"),
        HeaderWord(
            "postcode", .postcode,
            "邮政编码 邮编 yzbm yb postcode postalcode zip zipcode plz postleitzahl codepostal codigopostal"),
        HeaderWord(
            "phone", .phone,
            "联系电话 电话号码 手机号码 手机号 手机 电话 联系方式 lxdh sjh sjhm dh dhhm phone tel telephone mobile cell phonenumber contactmobile "
                + "mobilephone cellphone homephone hometel homenumber mobilenumber contactnumber telefon telefonnummer handy telefono"
        ),
        HeaderWord("email", .email, "电子邮箱 电子邮件 邮箱 dzyx yx email mail emailaddress"),
        HeaderWord("case_opened", .date, "建档日期 建档时间 立案日期 jdrq opened openedon caseopened openingdate"),
        HeaderWord("last_visit", .date, "最近走访日期 最近走访 走访日期 最后走访 zfrq lastvisit visited"),
        HeaderWord(
            "updated", .date,
            "更新时间 更新日期 修改时间 修改日期 最后更新时间 gxsj gxrq updated updatedat updatedon lastupdated lastupdate lastmodified "
                + "modified modifiedat modifiedon"),
        HeaderWord("registered", .date, "登记日期 登记时间 注册日期 djrq registered registeredon dateregistered registrationdate"),
        HeaderWord("status", .code, "人员状态 状态 ryzt zt status state"),
        HeaderWord("has_case", .code, "是否建档 sfjd hascase"),
        HeaderWord("case_type", .code, "服务类型 服务项目 个案类型 fwlx service casetype servicetype"),
    ]

    static func isRecordID(_ header: String) -> Bool {
        recordID.contains(fold(header)) || HeaderText(header).readings.contains(where: recordID.contains)
    }

    /// Free remarks: few different ones are still no codes.
    static func isRemarks(_ header: String) -> Bool {
        let folded = fold(header)
        return ["备注", "说明", "描述"].contains(where: folded.contains)
            || ["remark", "note", "comment", "memo", "description"].contains(where: folded.hasPrefix) || folded == "bz"
    }

    /// What is counted, measured or paid.
    static func isAmount(_ header: String) -> Bool {
        let folded = fold(header)
        return ["收入", "金额", "工资", "余额", "费用", "年龄", "人数", "数量", "面积", "分数", "成绩", "身高", "体重"]
            .contains(where: folded.contains)
            || [
                "income", "amount", "salary", "wage", "balance", "price", "fee", "age", "count", "total", "quantity",
                "score", "height", "weight",
            ].contains(folded)
    }

    /// Numbers that name something: their digits are no amount.
    static func isNumbering(_ header: String) -> Bool {
        let folded = fold(header)
        if recordID.contains(folded) { return true }
        if ["号", "码", "编", "证", "卡", "电话", "代码"].contains(where: folded.contains) { return true }
        return HeaderText(header).words.contains(
            where: ["id", "no", "nr", "num", "number", "code", "key", "phone", "tel", "zip"].contains)
            || ["code", "number"].contains(where: folded.hasSuffix)
    }

    /// `nil` when the header says nothing known.
    static func of(_ header: String) -> HeaderWord? {
        if let exact = exactly(HeaderText(header)) { return exact }
        guard let (relation, rest) = Relation.found(in: header) else { return ofPerson(header) }
        return ofPerson(rest).map { word in
            let field = word.field.hasPrefix("res_") ? word.field.dropFirst(4) : word.field[...]
            return HeaderWord("\(relation.name)_\(field)", word.kind, "")
        }
    }

    private static func exactly(_ text: HeaderText) -> HeaderWord? {
        text.readings.lazy.compactMap { reading in all.first { $0.words.contains(reading) } }.first
    }

    private static func ofPerson(_ header: String) -> HeaderWord? {
        let text = HeaderText(header)
        if let exact = exactly(text) { return exact }
        // fname_c1, surname 2: one of several columns of a name.
        if text.words.count == 2, let last = text.words.last, last.count <= 2, last.last?.isNumber == true {
            let names: [FieldKind] = [.givenName, .surname]
            if let part = all.first(where: { names.contains($0.kind) && $0.words.contains(text.words[0]) }) {
                return part
            }
        }
        let folded = fold(header)
        var best: (length: Int, word: HeaderWord)?
        for word in all {
            let length = word.words.filter { isHan($0) && $0.count > 1 && folded.contains($0) }.map(\.count).max() ?? 0
            if length > best?.length ?? 0 { best = (length, word) }
        }
        return best?.word
    }

    /// Letters, digits and Han in lower case.
    static func fold(_ header: String) -> String {
        String(HeaderText.name(header).lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private static func isHan(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isIdeographic }
    }
}
