"""How the real ledger's columns are read."""

MAP = (
    "customer=CustomerID",
    "date=InvoiceDate",
    "document=InvoiceNo",
    "product=StockCode",
    "product_name=Description",
    "country=Country",
    "amount=Quantity*UnitPrice",
)
