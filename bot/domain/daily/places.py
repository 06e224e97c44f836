"""Geography that CLDR's zone names lack: cities that are no zone of their own, countries' short names, abbreviations.

Facts of common knowledge; the tests hold the abbreviations against tzdata.
"""

from types import MappingProxyType

CITIES = MappingProxyType(
    {
        "Asia/Seoul": ("Busan", "Incheon", "Daegu", "Jeju", "부산", "인천", "대구", "제주", "한국 시간", "한국 표준시"),
        "Asia/Tokyo": ("Osaka", "Kyoto", "Fukuoka", "Sapporo", "오사카", "교토", "후쿠오카", "삿포로", "동경"),
        "Asia/Shanghai": ("Beijing", "Shenzhen", "Guangzhou", "베이징", "북경", "상해", "선전", "광저우"),
        "Asia/Hong_Kong": ("HK", "香港"),
        "Asia/Manila": ("Cebu", "Davao", "Quezon City", "세부"),
        "Asia/Jakarta": ("Bandung", "Surabaya", "반둥", "수라바야"),
        "Asia/Makassar": ("Bali", "Denpasar", "발리"),
        "Asia/Kuala_Lumpur": ("KL",),
        "Asia/Ho_Chi_Minh": ("Hanoi", "Saigon", "Da Nang", "하노이", "호찌민", "호치민", "다낭"),
        "Asia/Bangkok": ("Chiang Mai", "Phuket", "치앙마이", "푸껫"),
        "Asia/Kolkata": ("Mumbai", "Delhi", "Bangalore", "Bengaluru", "Chennai", "뭄바이", "델리", "벵갈루루"),
        "Asia/Dubai": ("Abu Dhabi", "아부다비"),
        "Asia/Riyadh": ("Jeddah", "Mecca"),
        "Asia/Jerusalem": ("Tel Aviv", "텔아비브"),
        "Europe/London": ("Manchester", "Edinburgh", "맨체스터", "에든버러"),
        "Europe/Paris": ("Lyon", "Marseille", "리옹"),
        "Europe/Berlin": ("Munich", "München", "Frankfurt", "Hamburg", "Cologne", "뮌헨", "프랑크푸르트", "함부르크"),
        "Europe/Madrid": ("Barcelona", "Valencia", "바르셀로나"),
        "Europe/Rome": ("Milan", "Milano", "Naples", "밀라노", "나폴리"),
        "Europe/Zurich": ("Geneva", "Genève", "제네바"),
        "Europe/Istanbul": ("Ankara", "앙카라"),
        "Europe/Moscow": ("Saint Petersburg", "상트페테르부르크"),
        "America/New_York": (
            *("US Eastern", "Boston", "Washington DC", "Philadelphia", "Atlanta", "Miami", "Orlando", "Charlotte"),
            *("미국 동부", "보스턴", "워싱턴", "필라델피아", "애틀랜타", "마이애미"),
        ),
        "America/Chicago": (
            *("US Central", "Dallas", "Houston", "Austin", "San Antonio", "Minneapolis", "New Orleans"),
            *("미국 중부", "댈러스", "달라스", "휴스턴", "오스틴"),
        ),
        "America/Denver": ("US Mountain", "Salt Lake City", "미국 산지", "솔트레이크시티"),
        "America/Los_Angeles": (
            *("US Pacific", "LA", "San Francisco", "San Diego", "Seattle", "Portland", "Las Vegas", "San Jose"),
            *("미국 서부", "엘에이", "샌프란시스코", "샌디에이고", "시애틀", "포틀랜드", "라스베이거스", "라스베가스"),
        ),
        "Pacific/Honolulu": ("Hawaii", "하와이"),
        "America/Anchorage": ("Alaska", "알래스카"),
        "America/Toronto": ("Ottawa", "Montreal", "Montréal", "Quebec", "오타와", "몬트리올"),
        "America/Edmonton": ("Calgary", "캘거리"),
        "America/Mexico_City": ("Guadalajara",),
        "America/Sao_Paulo": ("São Paulo", "Rio de Janeiro", "Brasilia", "리우데자네이루"),
        "Australia/Sydney": ("Canberra", "캔버라"),
        "Pacific/Auckland": ("Wellington", "웰링턴"),
        "Africa/Johannesburg": ("Cape Town", "케이프타운"),
        "Africa/Lagos": ("Abuja",),
        "Etc/UTC": ("UTC", "GMT", "Universal", "협정 세계시", "세계시"),
    }
)

TERRITORIES = MappingProxyType(
    {
        "KR": ("Korea", "Republic of Korea", "한국", "남한"),
        "US": ("USA", "America", "The States"),
        "GB": ("UK", "England", "Britain", "Scotland", "Wales"),
        "AE": ("UAE", "Emirates", "아랍에미리트"),
        "NL": ("Holland",),
        "TR": ("Turkey", "터키"),
        "CZ": ("Czech Republic",),
        "CN": ("PRC",),
        "HK": ("Hong Kong", "홍콩"),
        "TW": ("Taiwan", "타이완"),
        "AU": ("호주",),
    }
)

# Zones in the order in which the abbreviation is likely to mean them.
ABBREVIATIONS = MappingProxyType(
    {
        "KST": ("Asia/Seoul", "Asia/Pyongyang"),
        "JST": ("Asia/Tokyo",),
        "HKT": ("Asia/Hong_Kong",),
        "PST": ("America/Los_Angeles", "Asia/Manila"),
        "PHT": ("Asia/Manila",),
        "SGT": ("Asia/Singapore",),
        "MYT": ("Asia/Kuala_Lumpur",),
        "ICT": ("Asia/Bangkok", "Asia/Ho_Chi_Minh"),
        "WIB": ("Asia/Jakarta", "Asia/Pontianak"),
        "WITA": ("Asia/Makassar",),
        "WIT": ("Asia/Jayapura",),
        "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
        "IDT": ("Asia/Jerusalem",),
        "PKT": ("Asia/Karachi",),
        "MSK": ("Europe/Moscow",),
        **dict.fromkeys(("PT", "PDT"), ("America/Los_Angeles", "America/Vancouver")),
        **dict.fromkeys(("MT", "MST", "MDT"), ("America/Denver", "America/Edmonton")),
        **dict.fromkeys(("CT", "CDT"), ("America/Chicago", "America/Winnipeg")),
        "CST": ("America/Chicago", "Asia/Shanghai", "Asia/Taipei", "America/Mexico_City", "America/Costa_Rica"),
        **dict.fromkeys(("ET", "EST", "EDT"), ("America/New_York", "America/Toronto")),
        **dict.fromkeys(("AT", "AST", "ADT"), ("America/Halifax", "Atlantic/Bermuda")),
        **dict.fromkeys(("NST", "NDT"), ("America/St_Johns",)),
        **dict.fromkeys(("AKST", "AKDT"), ("America/Anchorage",)),
        "HST": ("Pacific/Honolulu",),
        "BRT": ("America/Sao_Paulo",),
        "GMT": ("Etc/UTC", "Europe/London", "Africa/Accra", "Africa/Abidjan"),
        "BST": ("Europe/London",),
        **dict.fromkeys(("WET", "WEST"), ("Europe/Lisbon",)),
        **dict.fromkeys(("CET", "CEST"), ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome")),
        **dict.fromkeys(("EET", "EEST"), ("Europe/Athens", "Europe/Bucharest", "Europe/Helsinki", "Europe/Kyiv")),
        "SAST": ("Africa/Johannesburg",),
        "WAT": ("Africa/Lagos",),
        "CAT": ("Africa/Maputo",),
        "EAT": ("Africa/Nairobi",),
        "AWST": ("Australia/Perth",),
        **dict.fromkeys(("ACST", "ACDT"), ("Australia/Adelaide",)),
        "AEST": ("Australia/Sydney", "Australia/Brisbane", "Australia/Melbourne"),
        "AEDT": ("Australia/Sydney", "Australia/Melbourne"),
        **dict.fromkeys(("NZST", "NZDT"), ("Pacific/Auckland",)),
        "ChST": ("Pacific/Guam",),
        "SST": ("Pacific/Pago_Pago",),
    }
)

_LIKELY_BY_LOCALE = MappingProxyType(
    {
        "ko": ("Asia/Seoul",),
        "ja": ("Asia/Tokyo",),
        "zh-CN": ("Asia/Shanghai", "Asia/Singapore"),
        "zh-TW": ("Asia/Taipei", "Asia/Hong_Kong"),
        "en-US": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
        "en-GB": ("Europe/London", "Australia/Sydney", "Asia/Manila", "Asia/Singapore", "Asia/Kolkata"),
        "id": ("Asia/Jakarta", "Asia/Makassar"),
        "vi": ("Asia/Ho_Chi_Minh",),
        "th": ("Asia/Bangkok",),
        "hi": ("Asia/Kolkata",),
        "es-ES": ("Europe/Madrid",),
        "es-419": ("America/Mexico_City", "America/Bogota", "America/Lima", "America/Santiago"),
        "pt-BR": ("America/Sao_Paulo",),
        "fr": ("Europe/Paris", "America/Toronto"),
        "de": ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich"),
        "it": ("Europe/Rome",),
        "nl": ("Europe/Amsterdam", "Europe/Brussels"),
        "pl": ("Europe/Warsaw",),
        "tr": ("Europe/Istanbul",),
        "ru": ("Europe/Moscow",),
        "uk": ("Europe/Kyiv",),
        "cs": ("Europe/Prague",),
        "hu": ("Europe/Budapest",),
        "ro": ("Europe/Bucharest",),
        "bg": ("Europe/Sofia",),
        "el": ("Europe/Athens",),
        "hr": ("Europe/Zagreb",),
        "lt": ("Europe/Vilnius",),
        "sv-SE": ("Europe/Stockholm",),
        "no": ("Europe/Oslo",),
        "da": ("Europe/Copenhagen",),
        "fi": ("Europe/Helsinki",),
    }
)
_COMMON = ("Asia/Seoul", "America/New_York", "America/Los_Angeles", "Europe/London", "Asia/Manila", "Asia/Tokyo")


def likely_zones(locale: str) -> tuple[str, ...]:
    """Zones to offer first to someone whose Discord speaks ``locale`` (as Discord writes it); never to be assumed."""
    return tuple(dict.fromkeys((*_LIKELY_BY_LOCALE.get(locale, ()), *_COMMON)))
