package org.vinestock.qemu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that real tests need. */
public final class Programs {
    private Programs() {}

    /** Finds one; skips the test if it is not there, and fails it where all real parts must be. */
    public static Path find(String name, String debianPackage) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        String missing = "there is no " + name + " on the PATH: apt-get install " + debianPackage;
        if ("required".equals(System.getenv("VINESTOCK_REAL"))) {
            throw new AssertionError(missing);
        }
        return Assumptions.abort(missing);
    }
}
