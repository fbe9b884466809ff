"""Makes organisations: ministries, staffs, agencies, parties, armed groups, companies, media, military units."""

import random

import casting

FIELDS = (
    "Defence Defense Foreign Health Interior Finance Energy Justice Education Agriculture Transport Emergency Environment "
    "Culture Trade Information Labor Labour Housing Tourism Planning "
    "Water Mines Oil Economy Digital_Transformation Internal_Affairs Foreign_Affairs Emergency_Situations Social_Policy "
    "Public_Security National_Defense Commerce Science Sports"
).split()
UN = (
    "United_Nations UN U.N. Security_Council U.N._Security_Council UN_Security_Council General_Assembly UNICEF UNHCR UNESCO "
    "UNRWA OCHA UNIFIL MINUSMA MONUSCO UNMISS IAEA WHO WFP FAO IOM "
    "World_Food_Programme World_Health_Organization International_Atomic_Energy_Agency U.N._rights_office "
    "UN_human_rights_office U.N._human_rights_office "
    "International_Organization_for_Migration International_Monetary_Fund World_Bank IMF World_Trade_Organization "
    "International_Court_of_Justice International_Criminal_Court ICC ICJ "
    "International_Committee_of_the_Red_Cross Red_Cross Red_Crescent NATO EU European_Union European_Commission "
    "European_Parliament European_Council European_Central_Bank OSCE OPEC G7 G20 BRICS "
    "African_Union Arab_League ECOWAS ASEAN IGAD SADC Amnesty_International Human_Rights_Watch Doctors_Without_Borders "
    "Médecins_Sans_Frontières Save_the_Children Oxfam Greenpeace Mercy_Corps "
    "Norwegian_Refugee_Council International_Rescue_Committee International_Crisis_Group Transparency_International "
    "Reporters_Without_Borders Organization_of_American_States "
    "Shanghai_Cooperation_Organization Commonwealth World_Meteorological_Organization International_Energy_Agency "
    "U.N._Human_Rights_Council Interpol Europol Eurocontrol Frontex "
    "U.N._Office_for_the_Coordination_of_Humanitarian_Affairs U.N._Development_Programme U.N._High_Commissioner_for_Refugees"
).split()
GROUPS = (
    "Hamas Hezbollah Taliban al-Qaida Al-Qaeda al-Qaeda ISIS ISIL Islamic_State Daesh Boko_Haram al-Shabab Al-Shabaab "
    "Islamic_Jihad Houthi Houthis Ansar_Allah Wagner Wagner_Group PKK YPG SDF "
    "Syrian_Democratic_Forces Free_Syrian_Army Hayat_Tahrir_al-Sham Rapid_Support_Forces RSF M23 ADF CODECO FARC ELN LTTE "
    "Tamil_Tigers ETA Fatah PLO Palestinian_Authority Kata'ib_Hezbollah "
    "Lord's_Resistance_Army Allied_Democratic_Forces Tigray_People's_Liberation_Front TPLF Renamo Frelimo ANC MEND "
    "Jama'at_Nasr_al-Islam Arakan_Army Kachin_Independence_Army Karen_National_Union "
    "People's_Defence_Force Abu_Sayyaf New_People's_Army Jemaah_Islamiyah Lashkar-e-Taiba Jaish-e-Mohammed "
    "Tehreek-e-Taliban_Pakistan TTP Haqqani_network Badr_Organization Popular_Mobilization_Forces "
    "Quds_Force Revolutionary_Guards Islamic_Revolutionary_Guard_Corps IRGC Basij Fano Oromo_Liberation_Army Seleka Anti-Balaka "
    "Mai-Mai Lebanese_Forces Muslim_Brotherhood Azov Akhmat Rusich "
    "Sinaloa_Cartel Jalisco_New_Generation_Cartel Tren_de_Aragua Mara_Salvatrucha National_Resistance_Front "
    "Southern_Transitional_Council Democratic_Forces_for_the_Liberation_of_Rwanda"
).split()
SEATS = (
    "Kremlin White_House Pentagon State_Department Congress Senate House_of_Representatives Treasury Supreme_Court "
    "Downing_Street Elysee Verkhovna_Rada State_Duma Knesset Bundestag Bundesrat "
    "Foreign_Office Home_Office Whitehall House_of_Commons House_of_Lords Federation_Council Majlis Politburo Central_Committee "
    "Vatican Capitol Justice_Department Department_of_Defense "
    "Department_of_State Department_of_Homeland_Security FBI CIA NSA FSB SBU GRU SVR GUR HUR Mossad Shin_Bet IDF MI6 MI5 ISI "
    "CENTCOM FEMA NASA USGS U.S._Geological_Survey Federal_Reserve "
    "National_Weather_Service National_Hurricane_Center Central_Command U.S._Central_Command Africa_Command "
    "Joint_Chiefs_of_Staff National_Security_Council Border_Patrol Coast_Guard U.S._Navy U.S._Army "
    "U.S._Air_Force U.S._Marine_Corps Marine_Corps Royal_Navy Royal_Air_Force Israel_Defense_Forces Israel_Defence_Forces "
    "People's_Liberation_Army Tatmadaw Rosatom Roscosmos Rosgvardia Gazprom Rosneft "
    "Ukrenergo Naftogaz Ukrzaliznytsia Energoatom Security_Service_of_Ukraine State_Emergency_Service "
    "State_Border_Guard_Service Investigative_Committee Prosecutor_General's_Office National_Guard "
    "Air_Force Navy Ground_Forces Armed_Forces General_Staff Southern_Defense_Forces Operational_Command_South Black_Sea_Fleet "
    "Baltic_Fleet Northern_Fleet Pacific_Fleet Central_Bank Constitutional_Court"
).split()
MEDIA = (
    "Reuters AP Associated_Press AFP Agence_France-Presse BBC CNN Al_Jazeera Al-Jazeera Al_Arabiya TASS RIA_Novosti RIA "
    "Interfax Interfax-Ukraine Ukrinform Xinhua Kyodo Yonhap Anadolu IRNA Fars Tasnim SANA "
    "WAFA DPA ANSA EFE New_York_Times Washington_Post Wall_Street_Journal Guardian Financial_Times Bloomberg Le_Monde "
    "Der_Spiegel Bild El_Pais Haaretz Times_of_Israel Jerusalem_Post Kyiv_Independent "
    "Ukrainska_Pravda Suspilne Novaya_Gazeta Meduza Kommersant Izvestia Rossiya_1 RT Channel_One Al_Manar Al-Masirah Press_TV "
    "State_TV Dawn Geo_News NDTV Times_of_India Hindu Daily_Star Global_Times CCTV NHK "
    "ABC CBS NBC Fox_News NPR Politico Axios Sky_News Deutsche_Welle Radio_Free_Europe Voice_of_America Radio_Okapi "
    "Sudan_Tribune Telegram Facebook Twitter X YouTube WhatsApp TikTok Instagram Truth_Social Rybar "
    "Baza Mash Deep_State DeepState_UA Readovka"
).split()
COMPANIES = (
    "Boeing Airbus Lockheed_Martin Raytheon Rheinmetall BAE_Systems General_Dynamics Saab Maersk MSC ExxonMobil Shell BP "
    "TotalEnergies Chevron Eni Lukoil Aramco Saudi_Aramco Volkswagen Toyota Tesla Apple "
    "Microsoft Google Amazon Meta Nvidia Intel Samsung Huawei TSMC Alibaba Tencent Siemens Bayer Deutsche_Bank Goldman_Sachs "
    "JPMorgan_Chase Citigroup HSBC UBS Credit_Suisse Barclays Moody's Fitch "
    "Standard_&_Poor's Pfizer AstraZeneca Johnson_&_Johnson Nestle Unilever Walmart Ford General_Motors Renault Fiat Sony Nokia "
    "Ericsson Vodafone Lufthansa Ryanair Emirates Aeroflot Turkish_Airlines SpaceX "
    "Starlink Maxar Planet_Labs Palantir Sberbank VTB Nornickel Petrobras Vale Pemex PDVSA Adani_Group Reliance_Industries "
    "Tata_Motors Infosys MTN_Group Dangote_Group Safaricom Eskom Anglo_American Rio_Tinto BHP"
).split()
PARTIES = (
    "Democratic_Party Republican_Party Labour_Party Conservative_Party Liberal_Democrats Green_Party Socialist_Party "
    "Communist_Party Workers'_Party Likud Yesh_Atid Fidesz Law_and_Justice Civic_Platform Servant_of_the_People "
    "United_Russia Georgian_Dream United_National_Movement AKP CHP HDP BJP Bharatiya_Janata_Party Indian_National_Congress "
    "Awami_League PTI Pakistan_Muslim_League People's_Party African_National_Congress ZANU-PF "
    "Movement_for_Democratic_Change All_Progressives_Congress People's_Democratic_Party Jubilee_Party "
    "Orange_Democratic_Movement Party_of_Action_and_Solidarity Alternative_for_Germany AfD CDU SPD FDP National_Rally "
    "En_Marche La_France_Insoumise Forza_Italia Brothers_of_Italy Five_Star_Movement Vox Podemos Syriza New_Democracy "
    "Social_Democrats Christian_Democratic_Union Liberal_Party Bloc_Quebecois Kuomintang "
    "Democratic_Progressive_Party National_League_for_Democracy NLD Pheu_Thai Golkar UMNO Workers_Party_of_Korea Hezb-e_Islami "
    "Dawa_Party National_Congress_Party Umma_Party Ennahda Justice_and_Development_Party"
).split()
ORDINALS = [
    f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}" for n in range(1, 160)
] + "First Second Third Fourth Fifth Sixth Seventh".split()
ARMS = (
    "Mechanized Motorized_Rifle Airborne Air_Assault Tank Marine Naval_Infantry Artillery Assault Mountain Mountain_Assault "
    "Infantry Jaeger Territorial_Defense Guards_Motor_Rifle Guards_Airborne "
    "Guards_Tank Rifle Special_Purpose Missile Army_Aviation Rocket_Artillery Anti-Aircraft_Missile Cavalry Armored Armoured "
    "Light_Infantry Parachute Engineer Reconnaissance Separate_Mechanized Separate_Assault "
    "Combined_Arms Special_Forces Golani Kfir Commando Border Fighter Bomber Helicopter Signal National_Guard"
).split()
SIZES = "Brigade Brigade Brigade Division Division Regiment Battalion Corps Army Company Squadron Wing".split()
SECTORS = "North South West East Center Centre Dnepr Dnipro Sever Yug Zapad Vostok Tsentr Khortytsia Tavria Siversk Luhansk Donetsk".split()
GROUPINGS = ["group", "group", "Group", "grouping", "Group of Forces", "group of forces", "Operational Command", "Operational-Strategic Group"]
COMMANDS = [
    "Joint Task Force", "Task Force", "Combat Group", "Special Operations Command", "Central Military District", "Southern Military District",
    "Northern Command", "Eastern Command",
]  # fmt: skip
ACRONYM = "ABCDEFGHIKLMNOPRSTUW"


def _pick(rng: random.Random, names: list[str]) -> str:
    return rng.choice(names).replace("_", " ")


def ministry(rng: random.Random) -> str:
    """Returns "Malian Defence Ministry", "Ministry of Health", "Foreign Ministry" ..."""
    field = _pick(rng, FIELDS)
    draw = rng.random()
    if draw < 0.35:
        return f"{casting.adjective(rng)} {field} Ministry"
    if draw < 0.6:
        return f"{field} Ministry"
    if draw < 0.75:
        return f"Ministry of {'Foreign Affairs' if field == 'Foreign' else field}"
    if draw < 0.85:
        return f"{casting.adjective(rng)} Ministry of {'Foreign Affairs' if field == 'Foreign' else field}"
    if draw < 0.93:
        return f"Ministry of {'Internal Affairs' if field in ('Interior', 'Foreign') else field} of {casting.country(rng)}"
    return f"Department of {field}"


def unit(rng: random.Random) -> str:
    """Returns "47th Mechanized Brigade", "155th Brigade", "7th Corps", "Sever group" ..."""
    draw = rng.random()
    if draw < 0.45:
        return f"{rng.choice(ORDINALS)} {_pick(rng, ARMS)} {rng.choice(SIZES)}"
    if draw < 0.7:
        return f"{rng.choice(ORDINALS)} {rng.choice(SIZES)}"
    if draw < 0.85:
        return f"{rng.choice(SECTORS)} {rng.choice(GROUPINGS)}"
    if draw < 0.93:
        return rng.choice(COMMANDS)
    return f"{_pick(rng, ARMS)} {rng.choice(['Forces', 'Troops', 'Corps', 'Command'])}"


def staff(rng: random.Random) -> str:
    """Returns a national staff, force, service or agency."""
    adjective, country = casting.adjective(rng), casting.country(rng)
    return rng.choice(
        [
            "General Staff",
            f"{adjective} General Staff",
            f"General Staff of the Armed Forces of {country}",
            f"General Staff of the {adjective} Armed Forces",
            f"Armed Forces of {country}",
            f"{adjective} Armed Forces",
            f"{adjective} Army",
            f"{adjective} Navy",
            f"{adjective} Air Force",
            f"{adjective} Coast Guard",
            f"{adjective} National Guard",
            f"{adjective} Red Crescent",
            f"{adjective} Red Cross",
            f"{adjective} Civil Defense",
            "Civil Defence",
            f"{adjective} Defense Forces",
            f"Central Bank of {country}",
            f"{adjective} Central Bank",
            f"Bank of {country}",
            f"{adjective} Human Rights Commission",
            "Central Election Commission",
            "Independent National Electoral Commission",
            f"{adjective} Supreme Court",
            f"{adjective} Parliament",
            "National Assembly",
            f"National Bank of {country}",
            "National Disaster Management Authority",
            "National Police",
            f"{adjective} National Police",
            "State Emergency Service",
            "Emergencies Ministry",
            "Meteorological Department",
            f"{adjective} Observatory for Human Rights",
            f"{adjective} Space Agency",
            "Transitional Sovereignty Council",
            "National Transitional Council",
            f"Government of {country}",
            "Electoral Commission",
            "National Statistics Office",
            f"{adjective} Football Federation",
            f"{adjective} Chamber of Commerce",
            f"{adjective} Olympic Committee",
            "Presidential Leadership Council",
            "Prosecutor General's Office",
            "Office of the Prosecutor General",
            "Regional Military Administration",
            "State Statistics Service",
            "National Resistance Center",
            f"{adjective} Medical Association",
            "Civil Protection Agency",
            f"{rng.choice(['Northern', 'Southern', 'Western', 'Eastern', 'Central'])} Command",
            f"{adjective} Intelligence Service",
            "Main Intelligence Directorate",
            "Federal Security Service",
            "Border Guard Service",
        ]
    )


def local(rng: random.Random) -> str:
    """Returns a local body named after a place: hospital boards, universities, councils, clubs, companies."""
    place, surname = casting.town(rng), casting.person(rng)[1]
    field = _pick(rng, FIELDS)
    return rng.choice(
        [
            f"University of {place}",
            f"{place} University",
            f"{place} City Council",
            f"{place} Regional Military Administration",
            f"{place} Health Department",
            f"{place} Police Department",
            f"{place} Chamber of Commerce",
            f"{place} Military Administration",
            f"{place} Stock Exchange",
            f"{place} Resistance Committee",
            f"{place} State Police Command",
            f"{place} FC",
            f"FC {place}",
            f"{place} Times",
            f"{place} Post",
            f"{place} News",
            f"{place} Media Office",
            f"{place} Bar Association",
            f"{surname} Foundation",
            f"{surname} Group",
            f"{surname} & Sons",
            f"{surname} Institute",
            f"Bank of {place}",
            f"{field} Institute",
            f"Institute for {field} Studies",
            f"Center for {field} Policy",
            f"{place} Human Rights Center",
            f"{surname} Industries",
            f"{surname} Holdings",
            f"{place} Water Authority",
            f"{place} District Court",
            f"{place} Port Authority",
            f"{place} Steel",
            f"{place} Emergency Committee",
            f"{place} Lawyers Committee",
            f"Institute for the Study of {field}",
            f"{place} Electoral Commission",
            f"Diocese of {place}",
            f"{surname} Center",
            f"National {field} Agency",
            f"National {field} Authority",
            f"Federal {field} Agency",
            f"{field} Council",
            f"{field} Committee",
        ]
    )


def party(rng: random.Random) -> str:
    """Returns a party or movement."""
    if rng.random() < 0.5:
        return _pick(rng, PARTIES)
    first = rng.choice(
        (
            "National People's United Popular Democratic Liberal Social Progressive Patriotic Republican Christian Islamic Free New "
            "Civic Green Socialist Radical Revolutionary"
        ).split()
    )
    second = rng.choice(
        (
            "Democratic Liberation Unity Reform Freedom Justice Renewal Progress Independence Action Development Labour Congress "
            "Alliance Salvation Resistance"
        ).split()
    )
    third = rng.choice("Party Movement Front Alliance Union Coalition League Bloc Council Army".split())
    tail = rng.choice(["", "", "", f" of {casting.country(rng)}"])
    return f"{first} {second} {third}{tail}"


VALUES = (
    "Democracy Freedom Justice Unity Progress Reform Development Peace Liberty Solidarity Independence Change Equality Action "
    "Renewal Labour Work Order Prosperity Dignity Reconciliation Homeland Motherland Nation People Family Environment Health "
    "Education Trade Research"
).split()
KINDS = (
    "Socialist Communist Liberal Conservative Democratic Christian_Democratic Social_Democratic National Green Radical Agrarian "
    "Peasants' Workers' People's Republican Progressive Unionist Nationalist Labour Reform Centre Popular Islamic Freedom Patriotic "
    "Federal Constitutional United Independent Pirate Farmers' Women's Revolutionary New"
).split()
FOREIGN = {
    "Partido Partito Movimiento Movimento Unión Frente Alianza Izquierda Convergencia": (
        "Socialista Popular Nacional Liberal Democrático Revolucionario Republicano Radical Verde Ciudadano Comunista Progresista "
        "Unida Cristiana Obrera Democracia Justicia"
    ),
    "Parti Union Mouvement Rassemblement Front Alliance": (
        "socialiste populaire national libéral démocratique républicain communiste radical Québécois citoyen écologiste africain "
        "du_Peuple pour_la_République"
    ),
    "Partei Bündnis Freie Union Deutsche Christliche": "Soziale Demokratische Volkspartei Wähler Freiheitliche Zentrum Heimat Bauernpartei",
    "Vlaams Vlaamse Nieuwe Christen Open Partij Volks": "Belang Liberalen Alliantie Unie Vrijheid Arbeid Dierenpartij Democraten",
    "Partai Parti Barisan Gerakan": "Demokrasi Rakyat Nasional Islam Indonesia Bangsa Keadilan Amanat Pembangunan Persatuan Sejahtera",
    "Bharatiya Rashtriya Samajwadi Janata Lok Shiromani Akhil All_India": "Janata Dal Party Samaj Akali Lok Sangh Parishad Congress",
    "Hizb Harakat Ansar Jabhat Tayyar": "al-Umma al-Watan al-Islam al-Nahda al-Tahrir al-Islah al-Mustaqbal al-Haqq",
    "Stranka Srpska Hrvatska Demokratska Narodna Nova": "demokratska stranka Napredna Radikalna Zajednica Unija Hrvatske Srbije",
    "Blok Sluha Batkivshchyna Yedyna Narodnyi Opozytsiinyi": "Narodu Rukh Front Rosiya Blok Ukraina Platforma",
    "Yisrael Ha Yesh Degel Shas Kadima": "Beiteinu Avoda Atid HaTorah Hadash Meretz BaAliyah",
}
TOPICS = (
    "Science Sciences Arts Letters Medicine Law Human_Rights International_Affairs Public_Policy Strategic_Studies "
    "Foreign_Relations Education Agriculture Engineering Women Youth Children Refugees Trade_Unions Churches Veterans Journalists "
    "Lawyers Teachers Architects Economic_Research Peace Reconciliation Democracy Press_Freedom Religious_Liberty Nature Housing "
    "Energy Water Space Oceans Sport"
).split()
FORMS = (
    "Academy Association Board Centre Center Commission Committee Conference Congress Council Federation Foundation Fund Institute "
    "League Network Organization Society Trust Union Forum Alliance Agency Initiative Project Campaign Chamber Guild"
).split()


def long_party(rng: random.Random) -> str:
    """Returns a party with a long name, "and" and "of" in it too."""
    kind, value, other = _pick(rng, KINDS), rng.choice(VALUES), rng.choice(VALUES)
    land = casting.country(rng) if rng.random() < 0.6 else casting.province(rng)
    noun = rng.choice(["Party", "Party", "Party", "Party", "Union", "Movement", "Front", "Alliance", "League", "Coalition", "Bloc"])
    return rng.choice(
        [
            f"{kind} {noun}",
            f"{kind} {noun}",
            f"{kind} {noun} of {land}",
            f"{land} {kind} {noun}",
            f"{casting.adjective(rng)} {kind} {noun}",
            f"{kind} {value} {noun}",
            f"{kind} Union in {land}",
            f"{noun} of {value} and {other}",
            f"{noun} for {value} and {other}",
            f"{value} and {other} {noun}",
            f"{noun} for the Liberation of {land}",
            f"{kind} Front for the Liberation of {land}",
            f"{noun} for {value}",
            f"{land} First",
            f"{value} Party of {land}",
            f"{kind} Alliance of {land} and {casting.province(rng)}",
            f"Free {land}",
            f"{kind} Democrats",
            f"Alliance of {kind} Democrats",
            f"Our {value}",
            f"For a Strong {land}",
            f"{kind} {noun} - {value}",
            f"{kind}s for {land}" if kind[-1] != "'" else "Citizens for Change",
            f"{casting.adjective(rng)} {value} {noun}",
            f"New {value}",
            f"{land} National Party",
            f"{kind}s",
            f"Together for {land}",
        ]
    )


def foreign_party(rng: random.Random) -> str:
    """Returns a party by a name in another language."""
    heads = rng.choice(list(FOREIGN))
    first = _pick(rng, heads.split())
    rest = rng.sample(FOREIGN[heads].split(), rng.choice([1, 1, 2]))
    return " ".join([first, *(w.replace("_", " ") for w in rest)])


def university(rng: random.Random) -> str:
    """Returns a university, college, school or court."""
    place, surname = casting.town(rng), casting.person(rng)[1]
    return rng.choice(
        [
            f"University of {place}",
            f"{place} University",
            f"{surname} University",
            f"{place} State University",
            f"{surname} College",
            f"{place} Law School",
            f"Technical University of {place}",
            f"{place} Polytechnic",
            f"Royal Military Academy {place}",
            f"{place} Institute of Technology",
            f"{surname} School of Government",
            f"{place} High School",
        ]
    )


def long_organisation(rng: random.Random) -> str:
    """Returns a learned, professional, charitable or advisory body."""
    form, topic, other = rng.choice(FORMS), _pick(rng, TOPICS), _pick(rng, TOPICS)
    first = rng.choice(
        [
            "National",
            "International",
            "World",
            "European",
            "Royal",
            "Federal",
            "General",
            "Central",
            "American",
            "African",
            "Asian",
            "Pan-African",
            "Global",
            casting.adjective(rng),
            casting.town(rng),
            casting.province(rng),
        ]
    )
    return rng.choice(
        [
            f"{first} {form} of {topic}",
            f"{first} {topic} {form}",
            f"{form} for {topic}",
            f"{first} {form} for {topic} and {other}",
            f"{form} of {topic} and {other}",
            f"{first} {form} on {topic}",
            f"{first} {form}",
            f"{topic} {form}",
            f"{form} of {topic} of {casting.country(rng)}",
            f"{form} to Protect {topic}",
            f"{topic} Without Borders",
            f"{first} {form} Against {topic}",
            f"{casting.person(rng)[0]} {form}",
            f"{topic} Watch",
            f"{topic} Now",
            f"{university(rng)} Press",
            f"Board of {topic}",
            f"{first} Chamber of Deputies",
            f"House of {topic}",
            f"{first} Bar Association",
            f"{casting.person(rng)[0]} Foundation for {topic}",
            f"{first} Bank",
            f"{topic} International",
        ]
    )


def acronym(rng: random.Random) -> str:
    """Returns an invented acronym; some with a digit, as M23."""
    word = "".join(rng.choice(ACRONYM) for _ in range(rng.choice([2, 3, 3, 3, 4, 4, 5])))
    return word + (str(rng.randint(2, 30)) if rng.random() < 0.06 else "")


def body(rng: random.Random) -> str:
    """Returns any organisation."""
    draw = rng.random()
    for share, make in (
        (0.13, ministry),
        (0.11, staff),
        (0.11, unit),
        (0.1, local),
        (0.06, party),
        (0.05, long_party),
        (0.05, long_organisation),
        (0.06, acronym),
        (0.1, lambda r: _pick(r, UN)),
        (0.09, lambda r: _pick(r, GROUPS)),
        (0.08, lambda r: _pick(r, SEATS)),
        (0.04, lambda r: _pick(r, MEDIA)),
    ):
        draw -= share
        if draw < 0:
            return make(rng)
    return _pick(rng, COMPANIES)
