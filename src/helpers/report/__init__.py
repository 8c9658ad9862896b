"""What goes out of an edition: gallery, PDF, Word, PowerPoint, workbook."""
