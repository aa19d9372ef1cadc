"""What people are called at work, by role and language of their country."""

SPEECH = {"DE": "de", "CH": "de", "RU": "ru", "KZ": "ru", "IT": "it", "ES": "es", "EE": "en", "FI": "en"}  # fmt: skip

TITLES = {
    "de": {
        "sponsor": ("Mitglied des Vorstands", "Prokurist, Unternehmensentwicklung"),
        "champion": ("Leitung Qualitätssicherung", "Leitung Verpackungsentwicklung"),
        "gatekeeper": ("Sekretariat der Geschäftsführung",),
        "decision_maker": ("Geschäftsführer", "Vorstand Einkauf und Technik", "Kaufmännische Leitung"),
        "purchasing": ("Leitung Einkauf", "Strategischer Einkauf Verpackung", "Einkauf"),
        "quality": ("Leitung Qualitätssicherung", "Qualitätsmanagement"),
        "logistics": ("Leitung Logistik", "Disposition und Lager"),
        "technical": ("Betriebsleitung", "Leitung Abfüllung und Verpackung"),
        "finance": ("Leitung Finanzen", "Kreditorenbuchhaltung"),
        "": ("Marketing", "Produktentwicklung", "Sachbearbeitung Einkauf", "Schichtleitung", "Nachhaltigkeit", "Instandhaltung", "Assistenz der Geschäftsführung"),
    },
    "ru": {
        "sponsor": ("Член совета директоров", "Директор по развитию"),
        "champion": ("Директор по качеству", "Руководитель разработки упаковки"),
        "gatekeeper": ("Приёмная генерального директора",),
        "decision_maker": ("Генеральный директор", "Исполнительный директор", "Коммерческий директор"),
        "purchasing": ("Начальник отдела закупок", "Руководитель закупок упаковки", "Менеджер по закупкам"),
        "quality": ("Директор по качеству", "Начальник лаборатории"),
        "logistics": ("Начальник логистики", "Заведующий складом"),
        "technical": ("Директор производства", "Главный технолог"),
        "finance": ("Финансовый директор", "Главный бухгалтер"),
        "": ("Бренд-менеджер", "Технолог", "Специалист по закупкам", "Начальник смены", "Юрист", "Главный механик", "Помощник директора"),
    },
    "it": {
        "sponsor": ("Consigliere delegato", "Direzione sviluppo"),
        "champion": ("Responsabile qualità", "Sviluppo imballaggi"),
        "gatekeeper": ("Segreteria di direzione",),
        "decision_maker": ("Amministratore delegato", "Direttore generale"),
        "purchasing": ("Responsabile acquisti", "Buyer imballaggi"),
        "quality": ("Responsabile qualità", "Assicurazione qualità"),
        "logistics": ("Responsabile logistica", "Capo magazzino"),
        "technical": ("Direttore di stabilimento", "Responsabile confezionamento"),
        "finance": ("Direttore finanziario", "Responsabile amministrazione"),
        "": ("Marketing", "Ricerca e sviluppo", "Ufficio acquisti", "Capoturno", "Manutenzione", "Segreteria di direzione"),
    },
    "es": {
        "sponsor": ("Miembro del consejo", "Dirección de desarrollo"),
        "champion": ("Responsable de calidad", "Desarrollo de envases"),
        "gatekeeper": ("Secretaría de dirección",),
        "decision_maker": ("Dirección general", "Gerencia"),
        "purchasing": ("Responsable de compras", "Responsable de compras de envases"),
        "quality": ("Responsable de calidad", "Laboratorio de calidad"),
        "logistics": ("Responsable de logística", "Almacén"),
        "technical": ("Dirección de planta", "Responsable de envasado"),
        "finance": ("Dirección financiera", "Responsable de administración"),
        "": ("Marketing", "Desarrollo de producto", "Compras", "Responsable de turno", "Mantenimiento", "Secretaría de dirección"),
    },
    "en": {
        "sponsor": ("Member of the board", "Director of development"),
        "champion": ("Head of quality", "Packaging development"),
        "gatekeeper": ("Office of the managing director",),
        "decision_maker": ("Managing director", "Chief executive"),
        "purchasing": ("Head of purchasing", "Packaging buyer"),
        "quality": ("Head of quality", "Quality manager"),
        "logistics": ("Head of logistics", "Warehouse manager"),
        "technical": ("Plant manager", "Head of packing"),
        "finance": ("Finance director", "Accounts payable"),
        "": ("Marketing", "Product development", "Purchasing", "Shift supervisor", "Maintenance", "Office of the managing director"),
    },
}  # fmt: skip

CONSULTANTS = {
    "de": ("Verpackungsberatung", "Beratung Lindner & Voß"), "ru": ("Консультант по упаковке", "Бюро «Упаковка и логистика»"),
    "it": ("Consulente imballaggi", "Studio Ferri"), "es": ("Consultora de envases", "Gabinete Oriol"),
    "en": ("Packaging consultant", "Greenpack Advice"),
}  # fmt: skip
LEADERS = {
    "de": ("Professur für Lebensmitteltechnik", "Hochschule"), "ru": ("Профессор, эксперт отраслевого союза", "Отраслевой союз"),
    "it": ("Docente di tecnologie alimentari", "Università"), "es": ("Cátedra de tecnología de alimentos", "Universidad"),
    "en": ("Professor of food technology", "University"),
}  # fmt: skip
