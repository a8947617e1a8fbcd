"""What people have (spreadsheets, bibliographies, layers, pictures) goes in; changed data come out."""
