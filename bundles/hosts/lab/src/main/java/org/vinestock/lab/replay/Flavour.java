package org.vinestock.lab.replay;

import org.vinestock.model.ByteCount;

/** A size in which VMs are sold, named by one letter. */
record Flavour(char letter, long millicores, ByteCount memory) {}
