"""The statistics of how carefully people answered; deciding about people is `screening`."""
