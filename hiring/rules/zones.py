"""In which time zone a city lies: by the largest cities of where we hire, by zones named after
cities, by countries that have one zone. "" when nobody can know."""

from functools import cache
from zoneinfo import available_timezones

from common.folding import latin

RUSSIA = {
    "Europe/Kaliningrad": "калининград",
    "Europe/Moscow": "москва санкт-петербург петербург казань нижний-новгород воронеж краснодар "
    "ростов-на-дону тула ярославль рязань тверь владимир калуга иваново белгород курск брянск "
    "смоленск липецк тамбов орел кострома вологда архангельск мурманск петрозаводск псков "
    "великий-новгород сочи новороссийск ставрополь махачкала чебоксары пенза саранск иошкар-ола "
    "киров симферополь севастополь череповец сыктывкар владикавказ нальчик грозный",
    "Europe/Samara": "самара тольятти ижевск",
    "Europe/Saratov": "саратов",
    "Europe/Volgograd": "волгоград",
    "Europe/Astrakhan": "астрахань",
    "Europe/Ulyanovsk": "ульяновск",
    "Asia/Yekaterinburg": "екатеринбург челябинск уфа пермь тюмень магнитогорск оренбург курган "
    "сургут нижневартовск нижний-тагил ханты-мансииск стерлитамак",
    "Asia/Omsk": "омск",
    "Asia/Novosibirsk": "новосибирск",
    "Asia/Tomsk": "томск",
    "Asia/Barnaul": "барнаул",
    "Asia/Novokuznetsk": "кемерово новокузнецк",
    "Asia/Krasnoyarsk": "красноярск абакан норильск",
    "Asia/Irkutsk": "иркутск улан-удэ братск ангарск",
    "Asia/Chita": "чита",
    "Asia/Yakutsk": "якутск благовещенск",
    "Asia/Vladivostok": "владивосток хабаровск уссурииск",
    "Asia/Sakhalin": "южно-сахалинск",
    "Asia/Magadan": "магадан",
    "Asia/Kamchatka": "петропавловск-камчатскии",
}
ELSEWHERE = {
    "Europe/Moscow": "moscow saint-petersburg st-petersburg",
    "Asia/Yekaterinburg": "ekaterinburg",
    "Europe/Minsk": "гомель брест гродно витебск могилев",
    "Asia/Almaty": "астана нур-султан шымкент караганда",
    "Europe/Kyiv": "киев харьков одесса днепр львов",
    "Europe/Berlin": "hamburg muenchen munchen munich koeln koln frankfurt stuttgart leipzig",
    "Europe/Madrid": "barcelona valencia sevilla seville zaragoza malaga bilbao",
    "Europe/Rome": "milano milan torino turin napoli naples bologna firenze florence roma genova",
}
ONE_ZONE = {
    "AM": "Asia/Yerevan", "AT": "Europe/Vienna", "AZ": "Asia/Baku", "BE": "Europe/Brussels",
    "BG": "Europe/Sofia", "BY": "Europe/Minsk", "CH": "Europe/Zurich", "CZ": "Europe/Prague",
    "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "EE": "Europe/Tallinn",
    "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London", "GE": "Asia/Tbilisi",
    "GR": "Europe/Athens", "HR": "Europe/Zagreb", "HU": "Europe/Budapest", "IE": "Europe/Dublin",
    "IL": "Asia/Jerusalem", "IT": "Europe/Rome", "KG": "Asia/Bishkek", "KZ": "Asia/Almaty",
    "LT": "Europe/Vilnius", "LV": "Europe/Riga", "MD": "Europe/Chisinau",
    "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "PL": "Europe/Warsaw", "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade", "SE": "Europe/Stockholm", "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava", "TJ": "Asia/Dushanbe", "TR": "Europe/Istanbul",
    "UZ": "Asia/Tashkent",
}  # fmt: skip


def zone_of(city: str, country: str = "") -> str:
    """The zone's name, or "".

    >>> zone_of("Екатеринбург"), zone_of("  MILANO "), zone_of("Nowhere", "DE"), zone_of("Nowhere")
    ('Asia/Yekaterinburg', 'Europe/Rome', 'Europe/Berlin', '')
    """
    known = _cities().get(_plain(city), "") if city.strip() else ""
    return known or ONE_ZONE.get(country.upper(), "")


def _plain(city: str) -> str:
    return "-".join(latin(city).replace("-", " ").replace("_", " ").split())


@cache
def _cities() -> dict[str, str]:
    found = {
        _plain(zone.rpartition("/")[2]): zone
        for zone in sorted(available_timezones())
        if zone.partition("/")[0] in ("Europe", "Asia", "America", "Africa", "Australia")
    }
    for table in (ELSEWHERE, RUSSIA):
        for zone, cities in table.items():
            found |= {_plain(city): zone for city in cities.split()}
    return found
