"""What each passage was translated from is kept; which translations have not followed since comes out."""
