"""Making benchmark editions: from what each organisation scored to what may be published."""
