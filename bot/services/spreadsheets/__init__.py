"""Tables as files for a spreadsheet: CSV and XLSX, in which no cell is ever run as a formula."""
