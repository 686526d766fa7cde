"""What people call the columns of a position table, by field: for guesses, which are always asked about."""

import unicodedata

from desktop_app.csv_import import cells

# What other trackers accept (ghostfolio/ghostfolio apps/client/…/services/import-activities.service.ts) and
# further names in English, then the same in German, French and Spanish. The most telling come first.
# "value" is left out: taken for the price of one unit, a row's total would count many times over. "apy" is,
# because a yield is more than its rate; "platform" and "type", because they can be one thing or another.
_NAMES = {
    "asset": (
        "asset symbol code ticker token coin commodity currency cryptocurrency crypto tokensymbol coinname "
        "what währung münze kryptowährung krypto actif jeton devise monnaie cryptomonnaie activo moneda "
        "divisa"
    ),
    "quantity": (
        "quantity qty shares units amount balance holdings howmuch howmany menge anzahl bestand stück "
        "stückzahl wieviel betrag guthaben quantité montant solde combien cantidad saldo monto unidades "
        "cuánto"
    ),
    "opened_on": (
        "openedon date tradedate timestamp time when since startdate openingdate purchasedate boughton "
        "acquiredon kaufdatum datum wann seit dated'achat quand depuis fecha fechadecompra cuándo desde"
    ),
    "price_usd": (
        "priceusd price unitprice tradeprice priceperunit kurs preis einzelpreis stückpreis preisjestück "
        "preisprostück prix prixunitaire cours "
        "precio preciounitario cotización"
    ),
    "value_usd": "valueusd totalvalue marketvalue gesamtwert marktwert valeurtotale valortotal",
    "account": (
        "account accountid wallet exchange location portfolio where heldat walletname custodian broker "
        "konto börse depot ort wo geldbörse compte portefeuille où cuenta cartera billetera monedero dónde"
    ),
    "protocol": "protocol stakedat stakedwith lentat stakingprovider protokoll protocole protocolo",
    "layer": "layer schicht ebene couche capa",
    "operator": "operator operators validator nodeoperator betreiber opérateur validateur operador validador",
    "services": "services avs service dienste",
    "chain": "chain network blockchain netzwerk kette réseau chaîne cadena",
    "reward_apr": "rewardapr apr rewardrate interestrate annualrate zinssatz zins taux tasa",
    "status": "status state zustand statut état estado",
    "name": "name label title bezeichnung nom",
    "notes": (
        "notes note comment comments description memo remark remarks notiz notizen bemerkung kommentar "
        "remarque commentaire nota comentario"
    ),
}


def plain(name: str) -> str:
    """Return the letters and digits of a column's name, small and without accents: "Où ?" is "ou"."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFD", cells.normal_name(name))))


SYNONYMS = {field: tuple(map(plain, names.split())) for field, names in _NAMES.items()}
