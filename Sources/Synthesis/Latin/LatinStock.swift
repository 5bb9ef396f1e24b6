/// Everyday names and the syllables that the long tail is made of; no list of real people.
enum LatinStock {
    /// Most usual first.
    static let givenNames = NameStock.words(
        """
        james mary john patricia robert jennifer michael linda william elizabeth david barbara richard susan \
        joseph jessica thomas sarah charles karen christopher nancy daniel lisa matthew margaret anthony betty \
        donald sandra mark ashley paul dorothy steven kimberly andrew emily kenneth donna joshua michelle \
        george carol kevin amanda brian melissa edward deborah ronald stephanie timothy rebecca jason laura \
        jeffrey sharon ryan cynthia jacob kathleen gary amy nicholas shirley eric angela jonathan helen \
        stephen anna larry brenda justin pamela scott nicole brandon ruth benjamin katherine samuel samantha \
        gregory christine frank emma alexander catherine raymond debra patrick virginia jack rachel dennis \
        carolyn jerry janet tyler maria aaron heather jose diane henry julie adam joyce douglas victoria \
        nathan kelly peter christina zachary joan kyle evelyn walter lauren harold judith jeremy olivia ethan \
        frances carl martha keith cheryl roger megan gerald andrea christian hannah terry jacqueline sean ann \
        arthur jean austin alice noah kathryn lawrence gloria jesse teresa joe sara bryan janice billy doris \
        jordan madison albert julia dylan grace bruce judy willie abigail gabriel marie alan denise juan \
        beverly logan amber wayne theresa ralph marilyn roy danielle eugene sophia randy diana vincent \
        brittany russell natalie louis isabella philip charlotte bobby rose johnny alexis bradley kayla lukas \
        marta pavel ingrid bjorn astrid giulia marco chiara luca elena dmitri olga ivan natasha piotr \
        agnieszka krzysztof malgorzata jorge lucia carmen javier pilar antonio mercedes francisco dolores \
        miguel rosario ahmed fatima mohammed aisha hassan leila omar yasmin ibrahim zainab pierre camille \
        amelie antoine chloe francois manon hans greta jurgen ursula wolfgang heike dieter sabine
        """)
    /// Most usual first.
    static let surnames = NameStock.words(
        """
        smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez \
        wilson anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark \
        ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams \
        nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz \
        edwards collins reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson \
        bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james bennett gray \
        mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins \
        perry russell sullivan bell coleman butler henderson barnes gonzales fisher vasquez simmons romero \
        jordan patterson alexander hamilton graham reynolds griffin wallace moreno west cole hayes bryant \
        herrera gibson ellis tran medina aguilar stevens murray ford castro marshall owens harrison fernandez \
        mcdonald woods washington kennedy wells vargas henry chen freeman webb tucker guzman burns crawford \
        olson simpson porter hunter gordon mendez silva shaw snyder mason dixon munoz hunt hicks holmes palmer \
        wagner black robertson boyd rose stone salazar fox warren mills meyer rice schmidt garza daniels \
        ferguson nichols stephens soto weaver ryan gardner payne grant dunn kelley spencer hawkins arnold \
        pierce hansen peters santos hart bradley knight elliott cunningham duncan armstrong hudson carroll \
        lane riley andrews alvarado ray delgado berry perkins hoffman johnston matthews pena richards \
        contreras willis carpenter lawrence sandoval novak kowalski petrov ivanov mueller weber schneider \
        becker schulz fischer rossi russo ferrari esposito bianchi dubois moreau laurent lefebvre larsen \
        nielsen jensen berg lindqvist virtanen korhonen nowak wisniewski horvat kovac papadopoulos yilmaz kaya \
        demir haddad khoury okafor mensah diallo traore osei
        """)

    /// Short forms by full name.
    static let nicknames: [Bytes: [Bytes]] = {
        let table = """
            robert bob bobby rob; william bill will billy; richard rick dick rich; james jim jimmy; john jack johnny; \
            margaret peggy maggie meg; elizabeth liz beth betty; katherine kate kathy katie; catherine cathy kate; \
            michael mike mick; thomas tom tommy; charles charlie chuck; joseph joe joey; edward ed eddie ted; \
            christopher chris; christine chris; matthew matt; anthony tony; steven steve; stephen steve; andrew andy \
            drew; kenneth ken; joshua josh; timothy tim; jeffrey jeff; nicholas nick; jonathan jon; benjamin ben; samuel \
            sam; samantha sam; gregory greg; alexander alex; patrick pat; patricia pat patty; jennifer jen jenny; susan \
            sue; jessica jess; deborah deb debbie; stephanie steph; rebecca becky; pamela pam; victoria vicky; daniel \
            dan danny; david dave; ronald ron; donald don; lawrence larry; gerald jerry; philip phil; vincent vince; \
            abigail abby; theresa terry; teresa terry; jacqueline jackie; cynthia cindy; kimberly kim; zachary zach; \
            nathan nate; gabriel gabe; russell russ; bradley brad; francisco paco; jose pepe; mohammed mohamed muhammad; \
            antonio tony
            """
        var names: [Bytes: [Bytes]] = [:]
        for row in table.split(separator: ";") {
            let words = NameStock.words(String(row))
            if let full = words.first { names[full] = Array(words.dropFirst()) }
        }
        return names
    }()
}
