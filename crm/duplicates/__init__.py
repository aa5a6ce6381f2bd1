"""The same partner twice: how names and addresses are told apart, what two records share, merging and splitting."""
