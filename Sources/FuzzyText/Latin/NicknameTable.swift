extension Nicknames {
    /// A line each: the full form, then its short, pet and sister forms, in English, German, Spanish, French, Italian,
    /// Portuguese and Slavic use; own list. The commonest full form of a short form that has several comes first.
    static let table = """
        robert bob bobby bobbie rob robb robbie robby bert roberto rupert robin
        william bill billy billie will willie willy wil liam willem wilhelm guillermo guillaume guglielmo willi
        richard rich richie rick ricky rickie dick ricardo ritchie riccardo
        james jim jimmy jimmie jamie jem jaime jacques giacomo diego santiago
        john jack johnny johnnie jon jackie johan johann johannes juan jean giovanni ivan jan sean ian hans hannes \
        ioannis joao giannis johnathan
        jonathan jon jonny johnny nathan jonathon johnathan
        michael mike mikey mick mickey mickie mitch miguel michel michal mikhail misha mischa michele mihail mikael \
        micheal michi
        mitchell mitch
        thomas tom tommy thom tomas tomasz tommaso thommy
        charles charlie charley chuck chas chaz carlos carl karl carlo karel charly
        joseph joe joey jo jose josef giuseppe josip jozef yosef pepe sepp beppe josephus
        david dave davey davy davie davide davit
        daniel dan danny dannie daniele danilo danil
        edward ed eddie eddy ted teddy ned eduardo edouard edoardo eduard edek
        edwin ed eddie
        edmund ed eddie ned edmond
        edgar ed eddie edgardo
        theodore ted teddy theo fyodor teodoro theodor fedor
        matthew matt mat matty matteo mateo matthias mathias matthieu mathieu matthaus matej mateusz
        anthony tony ant antonio antoine anton antony toni antonin antoni
        andrew andy drew andreas andre andres andrei andrea andrej andrzej ondrej anders andi andrey
        christopher chris kit topher christoph cristobal christophe krzysztof kristofer christof kristopher
        christian chris christiaan kristian cristian
        nicholas nick nicky nico nicolas nikolai nicola nikolaus klaus niklas nikola nicolaus nikolaos kolya claus \
        nickolas nicolo
        dominic dom nick domingo dominik dominique nic domenico
        joshua josh
        benjamin ben benny benji bennie benjy
        benedict ben benny benedikt benito bennet
        samuel sam sammy sammie samuele
        samantha sam sammy sammie
        gregory greg gregg greig gregor grigori grzegorz gregorio
        stephen steve steven stevie steph esteban stefan stephan etienne stefano stepan szczepan
        jeffrey jeff geoff geoffrey jeffery geoffroy gottfried
        timothy tim timmy timofei timoteo
        kenneth ken kenny
        ronald ron ronnie ronny
        donald don donnie donny
        raymond ray raimund ramon raimundo
        lawrence larry lars laurie lorenzo laurent lorenz lawrie laurence laurenz
        leonard len lenny leo lennie leonhard leonardo leon
        leopold leo poldi
        alexander alex al sandy alec alejandro alexandre alessandro aleksandr sasha sascha xander aleksander lex \
        alexandros alek oleksandr
        alexandra alex sandra sandy lexi alexa alejandra sasha alessandra aleksandra ola lexie
        albert al bert bertie alberto albrecht adalbert
        alfred al alf alfie fred freddie alfredo
        alan al allan allen alain
        alvin al
        frederick fred freddie freddy rick fritz friedrich federico frederic fryderyk frederik fredrick
        francis frank fran frankie francisco francesco francois franz paco pancho frans frantisek franciszek franco \
        franek
        franklin frank frankie
        frances fran fannie franny frankie francesca francisca francoise franziska franzi frannie
        george georgie jorge georg georges giorgio jerzy jiri yuri juri jurgen georgios joerg jorg
        henry harry hank hal henri heinrich enrique enrico henryk hendrik heinz henrik heiner
        harold harry hal harald
        harrison harry
        patrick pat paddy rick patricio patrik patrizio
        patricia pat patty pattie patsy tricia trish trisha patrizia patti
        peter pete pedro pierre pietro petr piotr pyotr pieter petros
        philip phil pip philipp felipe philippe filippo filip phillip
        phyllis phil
        paul pablo paolo pavel pawel paulus pasha paulo
        walter walt wally gualtiero waldi
        vincent vince vinnie vinny vicente vincenzo vinzenz
        victor vic viktor vittorio
        victoria vicky vicki vickie tori vic viktoria vittoria tory
        zachary zach zack zak zac zachariah zachery
        nathaniel nate nat nathan nathanael
        nathan nate nat
        abraham abe bram avraham
        adam adan adamo
        adrian ade adriano hadrian
        arthur art artie arturo artur
        arnold arnie arne arnaud arnaldo
        augustus gus august agustin gustl
        gustav gus gustavo gustaf gustave
        barnabas barney barnaby
        bartholomew bart bartolome bartek bartolomeo bartosz
        bernard bernie bernhard bernardo barney bernd
        bradley brad
        bradford brad
        brandon bran
        calvin cal
        cameron cam
        clayton clay
        clifford cliff
        clinton clint
        clement clem clemens clemente
        cornelius con neil corny cornelis
        curtis curt kurt
        conrad con konrad kurt corrado
        cyril cy kirill
        dennis denny den denis denys dionisio
        desmond des
        dmitri dima dmitry dimitri dimitrios dmytro mitya
        douglas doug dougie
        dwight ike
        elijah eli elias eliyahu
        emanuel manny manuel emmanuel manolo emanuele mano immanuel
        emil emilio emile
        eric rick erik erich
        ernest ernie ernst ernesto
        eugene gene eugenio evgeny eugen yevgeny
        evan ev
        ferdinand ferdi fernando fernand nando ferdy
        gabriel gabe gabriele
        gerald gerry jerry geraldo
        gerard gerry jerry gerhard gerardo gerd gert
        gilbert gil gilberto bert
        giles gilles gil
        gordon gord gordy
        guy guido
        herbert herb bert herbie heribert
        hermann herman armando
        howard howie
        hubert hugh bert hubertus
        hugo hugh hughie ugo
        ignatius iggy ignacio ignaz nacho ignazio
        igor gosha
        isaac ike zac isaak
        jacob jake jakob jacobo jacques jakub coby yakov kuba giacomo jaap
        jason jay jase
        jeremy jerry jem jeremiah jeremias
        jerome jerry gerome hieronymus geronimo
        joachim jochen achim joaquin jochim
        joel joe
        jordan jordi jordy
        julian jules juliano
        julius jules julio giulio
        justin just
        konstantin kostya constantine costas constantin
        laszlo laci
        leslie les lesley
        louis lou louie lewis luis ludwig luigi luiz lutz ludovic ludovico
        lucas luke luca lukas luc lucian lukasz luka
        marcus mark marc marco markus marek marcos
        mark marc marco markus marek marcos
        martin marty martino marti marcin morten
        marvin marv
        maurice mo moritz mauricio morris maurizio
        maximilian max maximiliano maxim maks maxi
        maxwell max
        melvin mel
        mohammed mohamed muhammad mo mohammad mehmet muhammed mohamad
        morris mo
        nikita nik
        norman norm
        oliver ollie olivier oli olli olly
        oscar oskar ozzie
        oswald ozzie oswaldo
        pascal pasquale
        percival percy
        rafael rafe rafa raphael raffaele rafal
        ralph ralf raoul raul rolf
        randall randy
        randolph randy
        reginald reg reggie rex reinhold
        reinhard reiner rainer
        rodney rod
        roderick rod rick rodrigo
        rodolfo rudi rudy rudolf rudolph rolf
        roger rodge rogelio rudiger ruediger ruggero
        roland rolly rolando orlando
        roman roma
        russell russ rusty
        salvador sal salvatore
        sebastian seb bastian sebastien basti sebastiano
        sergey sergei sergio serge seryozha serhiy
        sidney sid syd sydney
        simon si simeon simone szymon
        solomon sol salomon
        spencer spence
        stanley stan
        stanislav stan stanislaus slava stanislaw
        stuart stu stewart stew
        terence terry terrence terrance
        tobias toby tobi tobiah
        trevor trev
        tyler ty
        vladimir vlad vova volodya wladimir volodymyr wlodek
        vladislav vlad slava wladyslaw
        vyacheslav slava
        valentin val valentino
        wallace wally
        wayne wade
        wesley wes
        wolfgang wolf wolfi
        xavier javier xaver javi
        elizabeth liz lizzie lizzy beth betty bess bessie eliza lisa libby betsy elsie liza lisbeth elisabeth isabel \
        elspeth elise isabella lizbeth elisabetta elzbieta alzbeta liesel lise
        isabel izzy isabella isabelle bella isa ysabel izzie belle
        arabella bella
        margaret maggie meg peggy marge margie madge greta rita margarita marguerite margarete margherita gretchen \
        daisy margot maggy megan malgorzata grete gosia marga
        mary molly polly maria marie mae mamie may marion maureen miriam mitzi maja marija
        maria mary marie mia mimi masha mariya maja marya mariella mitzi
        marianne mary anne anna marian mariana
        catherine kate katie cathy kathy kitty kat cate katherine kathryn katrina katharina catalina caterina \
        ekaterina katarina kathleen katya karen kay katharine cathryn katja kathi kasia katarzyna
        kathleen kathy kate katie kath kathie
        katrina trina kat
        jennifer jen jenny jenni jennie jenna jenifer
        jane janie jenny jean janet juana johanna giovanna jana joanna
        janet jan jane janette
        janice jan janis
        joan joanie juana joanna jeanne joanne
        joanna jo joanne johanna joann jana asia hanna
        josephine jo josie josefina josefine giuseppina
        jessica jess jessie jessika
        jacqueline jackie jacqui jaqueline jacquie
        susan sue susie suzy susanna suzanne suzie susanne suzanna zuzana susana sanne zuzanna
        sarah sally sadie sara sarita
        barbara barb babs barbie bobbie barbra basia varvara barbel
        rebecca becky becca bec rebekah beck rebeka
        deborah deb debbie debby debra
        dorothy dot dottie dolly dora dorothea dory dorota dorotea
        theodora dora thea
        helen nell nellie lena ellen elena helena helene eleni jelena alena yelena hella
        eleanor ellie nell nellie ella nora lenora eleonora elinor eleanore leonore lore norah
        ellen ellie nell nellie elen
        amanda mandy manda
        miranda mandy randi
        angela angie angel angelina angelika angelica ange geli
        angelina angie lina
        anna ann anne annie nan nancy anita hannah ana anya anja anka ania annika anni annette anouk hana
        hannah anna hanna hana
        nancy nan ann
        annabel anna bella belle annabelle
        abigail abby gail abbie abbey
        adelaide addie adele heidi adelheid ada
        agnes aggie nessie ines agnieszka agnese
        alice ali allie alicia alisa elsie aly alisha
        alison ali allie ally allison
        amelia amy millie mia emilia amelie melia
        amy aimee ami
        anastasia nastya stacy ana stasia stacey nastia nastja
        anneliese anna liese liesl
        antonia toni antonina antonella antoinette tonia
        audrey aud
        augusta gussie
        beatrice bea trixie beatriz beatrix bee trix
        bernadette bernie detta berna
        beverly bev beverley
        brenda bren
        bridget bridie biddy brigitte birgit brigid gitta brigida
        brittany britt brit brittney
        camilla millie milla cam camille kamila camila
        candace candy candice
        carol carrie carole carola karol
        caroline carol carrie carolyn caro carolina karoline karolina lina carolin line
        charlotte charlie lottie lotte char carlotta lotta karlotta
        christina tina chris chrissy christine kristin kristina kirsten kristen cristina christa kirstin stine \
        krystyna tine
        christine chris chrissy tina christina christie chrissie
        clara clare claire klara chiara
        claudia claudie klaudia
        constance connie constanza konstanze stanze
        cordelia delia
        cornelia nelly connie conny neele kornelia
        cynthia cindy cindi
        daniela dani danielle daniella
        danielle dani elle
        diana di diane dianne dee
        dolores lola lolita
        edith edie editha
        edna eddie
        eileen ailine aileen
        elaine laine helaine
        emily em emmy millie emilie emilia emma
        emma em emmy
        erica ricki erika rikki
        esther essie hester ester hettie
        eugenia gene jenny evgenia
        eva eve evie evita ewa evi
        evelyn eve evie evelin lyn
        florence flo florrie flossie florentina fiorenza
        gabriella gabby gabi gabriele gabriela ella gabrielle gaby
        genevieve jenny eve gen genoveva
        georgina georgie gina georgia georgiana georgette
        regina gina queenie reggie
        geraldine gerry geri jerry
        gertrude gertie trudy gertrud trudi gerda trude
        gillian gill jill gilly
        giulia julia
        gloria glo
        grace gracie gracia grazia graciela
        gwendolyn gwen wendy gwyn
        harriet hattie harrie henriette
        henrietta hettie etta henny henriette jette
        hildegard hilda hilde
        ingrid inge inga
        irene rene renie irina ira
        jacoba coba
        jocelyn joy joss
        joyce joy
        judith judy jude judi judit
        julia julie jules juliet giulia juliana julka juliette
        juliana julia julie liana
        kimberly kim kimmy kimberley kimberlee
        kristin kris kristen krista
        laura laurie lori lauren lora laurette
        lauren laurie ren loren
        leah lea
        leticia letty lettie tish
        lillian lily lil lilly lillie liliana lilian
        linda lindy lynn
        loretta etta lori
        louise lou lulu luisa louisa luise
        lucille lucy lou cille
        lucia lucy luz lucie luzia lucja
        lucy lucie lulu lucinda
        lucinda cindy lucy
        ludmila mila lyuda milka
        lydia lidia lyda
        lyudmila lyuda mila ludmila
        mabel mab may
        madeline maddie maddy madeleine magdalena lena magda madelyn
        magdalena lena magda maddie leni
        marcella marcy marcie
        marcia marcy marcie
        marjorie marge margie marji
        martha marty mattie marta matty
        matilda tilly mattie tilda mathilde matilde thilde
        maureen mo reenie
        megan meg meggie meghan
        melanie mel mellie melania
        melissa mel missy lissa
        mercedes mercy merche
        michelle shelly mickey michele micaela chelle
        michaela micha kayla mikaela micky
        mildred millie milly
        millicent millie milly
        mirjam mimi miriam
        monica mona monika mo monique
        muriel mo
        nadezhda nadia nadya
        natalie nat tally natalia natasha natascha nathalie natalya
        natalia natasha nat talia natalya
        nicole nicky nikki niki nicola nicolette
        noreen nora
        olga olya
        olivia liv livvy ollie livia
        pamela pam pammy
        patience pat patty
        paula paulina pauline polly pavla
        pauline paula polly paulina
        penelope penny pen
        philippa pippa pip pippi
        priscilla cilla prissy
        prudence pru prue
        rachel rae ray raquel rachael rahel shelley rachele
        roberta bobbie robbie berta
        rosemary rose rosie romy rosemarie
        rosalind roz ros rosie rosalinde
        rosa rose rosie rosita rosina rosetta
        roxanne roxy roxana roxane
        ruth ruthie
        sandra sandy
        sabine bine sabina
        shirley shirl
        sharon shari shaz
        sheila shelagh
        sophia sophie sofia sofie sonia sonya sonja zofia zosia sofiya
        stephanie steph stefanie steffi stevie estefania stefania
        svetlana sveta lana
        sylvia syl silvia sylvie
        tabitha tabby
        tamara tammy tam toma
        tatiana tanya tania tatjana tanja tatyana
        teresa terry tess tessa theresa tracy therese resi teresita thea tereza teresia
        tiffany tiff
        tracy trace tracey
        ursula ulla uschi ursel urszula
        valerie val valeria
        valentina val tina valya
        vanessa nessa ness
        vera verushka
        veronica ronnie vera roni veronika veronique vroni
        virginia ginny ginger gina virginie
        viola vi
        violet vi viola violetta violeta
        vivian viv vivienne viviana
        wilhelmina mina willa minnie billie wilma helma minna
        winifred winnie freda win
        yolanda yoli jolanda
        yvonne evonne vonnie ivonne
        zoe zoey zoya
        concepcion concha conchita
        guadalupe lupe lupita
        rosario charo
        pilar pili
        consuelo chelo
        montserrat montse
        francisca paca paquita
        jesus chuy chucho
        ramon moncho
        rafaela rafa
        boris borya
        oleg olezhka
        nikolai kolya nikolay mykola
        pyotr petya
        pavel pasha
        mikhail misha
        yuri yura
        viktor vitya
        gennady gena
        anatoly tolya
        leonid lenya
        vasily vasya basil vasyl
        galina galya
        lyubov lyuba
        larisa lara
        ekaterina katya
        yevgenia zhenya
        jadwiga hedwig hedy
        hedwig hedy heddy hede
        waltraud traudl traudel
        friederike rike friedel
        ulrike ulli uli rike
        ulrich ulli uli
        hans hansi hannes
        karlheinz heinz karl kalle
        kaspar caspar jasper casper
        leonie leo loni
        manfred manni fred manny
        siegfried siggi sigi
        sigmund siggi sigi siegmund
        sieglinde siggi linde
        gunter guenter gunther
        jurgen juergen
        dieter didi dietrich
        dietrich dieter dirk
        eberhard ebi hardy
        gerlinde linde
        helmut helmuth helli
        wilfried willi fred
        werner wern
        zdenek zdenka
        vaclav wenzel vasek
        jaroslav jarda slava
        miroslav mirek slava
        jadranka jadra
        bogdan bohdan
        """
}
