package org.vinestock.dataplane.provider.link;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the code is that the process is started from. */
@FunctionalInterface
public interface Jars {
    /** Puts it into files in {@code folder}, if it is not in files of its own; returns them. May wait. */
    List<Path> in(Path folder) throws IOException;
}
