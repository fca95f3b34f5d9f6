"""What the report pages show: plain values with their text ready, so that a template only lays them out."""
