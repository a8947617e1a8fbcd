"""The ledger: tables, dates, records, and what is checked between them."""
