"""Companies of the English half: fictional, with numbers from ranges that are kept for fiction."""

from bots.sample.shapes import Company, Person
from core.contacts.model import Decision

_D, _I, _U, _B = Decision.DECIDER, Decision.INFLUENCER, Decision.USER, Decision.BLOCKER

COMPANIES = (
    Company(
        "Acme Instruments", ("Acme",), "Precision instruments", "201-500", "Boston", "+1 617 555 01##", "acme-instruments",
        "spindles", (Person("Grace Holloway", "Head of Purchasing", _D), Person("Ravi Menon", "Maintenance Lead", _U)),
        ("key account",),
    ),
    Company(
        "Northwind Sailcloth", ("Northwind",), "Technical textiles", "51-200", "Annapolis", "+1 410 555 01##", "northwind-sail",
        "coating lines", (Person("Eleanor Voss", "Managing Director", _D), Person("Ben Castellan", "Plant Engineer", _U)),
        ("key account",),
    ),
    Company(
        "Bluefinch Packaging", ("Bluefinch",), "Packaging", "501-1000", "Chicago", "+1 312 555 01##", "bluefinch",
        "sealers", (Person("Marcus Odell", "Plant Manager", _D), Person("Ines Calloway", "Reliability Engineer", _I)),
    ),
    Company(
        "Copperleaf Dairy", ("Copperleaf",), "Food and dairy", "201-500", "Madison", "+1 608 555 01##", "copperleaf",
        "homogenisers", (Person("Hannah Brandt", "Operations Director", _D), Person("Leo Fenwick", "Shift Engineer", _U)),
        ("wash-down",),
    ),
    Company(
        "Driftwood Marine Engines", ("Driftwood", "DME"), "Shipbuilding", "51-200", "Portland", "+1 503 555 01##",
        "driftwood-marine", "test benches", (Person("Callum Reyes", "Test Manager", _D),),
    ),
    Company(
        "Emberline Ceramics", ("Emberline",), "Ceramics", "201-500", "Columbus", "+1 614 555 01##", "emberline",
        "kiln fans", (Person("Nadia Brooks", "Procurement Manager", _D), Person("Otto Lindqvist", "Kiln Supervisor", _U)),
    ),
    Company(
        "Fernhollow Pharma", ("Fernhollow",), "Pharmaceuticals", "1001-5000", "Newark", "+1 973 555 01##", "fernhollow",
        "centrifuges", (Person("Priya Raman", "VP Engineering", _D), Person("Colin Marsh", "Validation Lead", _B)),
        ("validated", "key account"),
    ),
    Company(
        "Glasswing Optics", ("Glasswing",), "Optics", "51-200", "Rochester", "+1 585 555 01##", "glasswing",
        "polishing heads", (Person("Tessa Morland", "COO", _D),),
    ),
    Company(
        "Halcyon Pump Works", ("Halcyon Pumps", "HPW"), "Pumps and valves", "501-1000", "Houston", "+1 713 555 01##",
        "halcyon-pumps", "test loops", (Person("Duncan Avery", "Chief Engineer", _I), Person("Rosa Villalobos", "CFO", _D)),
        ("partner",),
    ),
    Company(
        "Ironbark Mining Services", ("Ironbark",), "Mining", "1001-5000", "Perth", "+61 8 5550 ####", "ironbark",
        "conveyors", (Person("Kylie Sandford", "Fixed Plant Manager", _D), Person("Joel Tran", "Data Engineer", _I)),
        ("remote site",),
    ),
    Company(
        "Juniper & Rye Bakeries", ("Juniper & Rye", "J&R"), "Food", "201-500", "Manchester", "+44 161 496 0###",
        "juniperrye", "ovens", (Person("Beth Ashworth", "Engineering Manager", _D),),
    ),
    Company(
        "Kestrel Aerotooling", ("Kestrel",), "Aerospace tooling", "201-500", "Bristol", "+44 117 496 0###", "kestrel-aero",
        "five-axis mills", (Person("Owen Pritchard", "Head of Machining", _D), Person("Farah Siddiqui", "IT Security", _B)),
        ("key account",),
    ),
    Company(
        "Larkspur Textiles", (), "Textiles", "501-1000", "Leeds", "+44 113 496 0###", "larkspur-textiles",
        "looms", (Person("Imogen Hale", "Mill Manager", _D), Person("Stefan Wolny", "Electrician", _U)),
    ),
    Company(
        "Larkspur Dyeworks", (), "Textiles", "51-200", "Leeds", "+44 113 496 0###", "larkspur-dye",
        "dye pumps", (Person("Graham Tolley", "Works Manager", _D),),
    ),
    Company(
        "Marrowstone Paper", ("Marrowstone",), "Paper", "1001-5000", "Seattle", "+1 206 555 01##", "marrowstone",
        "dryer rolls", (Person("Vivian Castell", "Mill Director", _D), Person("Brett Naylor", "Reliability Engineer", _U)),
    ),
    Company(
        "Nettlebrook Water", ("Nettlebrook",), "Water utility", "1001-5000", "London", "+44 20 7946 0###", "nettlebrook",
        "booster pumps", (Person("Aisha Rahman", "Asset Manager", _I), Person("Peter Goodall", "Framework Buyer", _D)),
        ("tender",),
    ),
    Company(
        "Oakum Cold Chain", ("Oakum",), "Logistics", "201-500", "Hamburg", "+49 40 66969 ###", "oakum",
        "compressors", (Person("Jonas Petersen", "Technical Director", _D),),
    ),
    Company(
        "Pallas Robotik", ("Pallas",), "Robotics", "51-200", "Berlin", "+49 30 23125 ###", "pallas-robotik",
        "gearboxes", (Person("Miriam Vogt", "Head of Quality", _D), Person("Emre Aydin", "Test Engineer", _U)),
    ),
    Company(
        "Quillon Bearings", ("Quillon",), "Bearings", "501-1000", "Munich", "+49 89 99998 ###", "quillon",
        "grinders", (Person("Sabine Kellner", "Plant Manager", _D), Person("Lukas Hofer", "Purchasing", _I)),
        ("partner",),
    ),
    Company(
        "Rotfels Druckmaschinen", ("Rotfels",), "Printing machines", "201-500", "Frankfurt", "+49 69 90009 ###",
        "rotfels", "rollers", (Person("Katrin Anders", "Service Director", _D),),
    ),
    Company(
        "Saltmarsh Energy", ("Saltmarsh",), "Wind power", "501-1000", "Hamburg", "+49 40 66969 ###", "saltmarsh",
        "turbine gearboxes", (Person("Henrik Olsen", "Fleet Manager", _D), Person("Lea Baumann", "Analyst", _I)),
        ("remote site", "key account"),
    ),
    Company(
        "Thistledown Foods", ("Thistledown",), "Food", "201-500", "Edinburgh", "+44 131 496 0###", "thistledown",
        "fillers", (Person("Morag Sinclair", "Operations Manager", _D),), ("wash-down",),
    ),
    Company(
        "Umberfield Plastics", ("Umberfield",), "Plastics", "51-200", "Lyon", "+33 4 99 00 ## ##", "umberfield",
        "extruders", (Person("Camille Ferrand", "Managing Director", _D),),
    ),
    Company(
        "Vantry Semicon", ("Vantry",), "Semiconductors", "1001-5000", "Austin", "+1 512 555 01##", "vantry",
        "vacuum pumps", (Person("Derek Yuen", "Facilities Director", _D), Person("Maya Stroud", "Fab Engineer", _U)),
        ("key account", "clean room"),
    ),
    Company(
        "Wrenfield Auto Parts", ("Wrenfield",), "Automotive parts", "501-1000", "Detroit", "+1 313 555 01##", "wrenfield",
        "presses", (Person("Tyrone Baxter", "Maintenance Manager", _I), Person("Linda Kowal", "Plant Controller", _D)),
    ),
    Company(
        "Xyla Timber Products", ("Xyla",), "Timber", "51-200", "Boise", "+1 208 555 01##", "xyla",
        "saw motors", (Person("Hank Whitlow", "Owner", _D),),
    ),
    Company(
        "Yarrow Medical Devices", ("Yarrow",), "Medical devices", "201-500", "Minneapolis", "+1 612 555 01##", "yarrow-med",
        "mould tools", (Person("Joanna Frye", "Director of Manufacturing", _D), Person("Sam Ochoa", "Quality", _B)),
        ("validated",),
    ),
    Company(
        "Zephyr Lift & Crane", ("Zephyr",), "Lifting equipment", "201-500", "Sydney", "+61 2 5550 ####", "zephyr-crane",
        "hoists", (Person("Bronwyn Keast", "Service Manager", _D),),
    ),
    Company(
        "Brightkiln Cement", ("Brightkiln",), "Cement", "501-1000", "Denver", "+1 303 555 01##", "brightkiln",
        "mill drives", (Person("Ruben Salcedo", "Plant Manager", _D), Person("Kim Tolliver", "Safety Lead", _I)),
    ),
    Company(
        "Tidewell Cannery", ("Tidewell",), "Food", "51-200", "San Diego", "+1 619 555 01##", "tidewell",
        "retorts", (Person("Elena Duarte", "General Manager", _D),), ("wash-down",),
    ),
    Company(
        "Corvid Freight", ("Corvid",), "Logistics", "501-1000", "Atlanta", "+1 404 555 01##", "corvid",
        "sorters", (Person("Andre Whitfield", "Hub Manager", _D), Person("Jess Palmer", "Automation Engineer", _U)),
    ),
    Company(
        "Alderpeak Brewing", ("Alderpeak",), "Brewing", "51-200", "Burlington", "+1 802 555 01##", "alderpeak",
        "bottling lines", (Person("Will Thackeray", "Head Brewer", _D),),
    ),
)  # fmt: skip
