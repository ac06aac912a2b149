"""What a case is and what may be done to it: records, acts, stages. Pure: no store, no screen, no clock."""
