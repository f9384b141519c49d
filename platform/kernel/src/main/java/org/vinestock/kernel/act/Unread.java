package org.vinestock.kernel.act;

/** What an area recorded, while the area is not installed that could read it. */
record Unread(String json) {}
