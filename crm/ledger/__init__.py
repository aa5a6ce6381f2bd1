"""What the journal holds and proves: undo, versions, redaction, verification, receipts, time-stamps."""
