"""What is written around a chart: title, subtitle, notes, alternative text; a file a type."""
