package org.vinestock.dataplane.engine.qcow2.format;

import java.io.IOException;

/** An image, or a part of it, that is not used: it contradicts its format, or asks for what is not done here. */
public final class ImageRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * The message is all three.
     *
     * @param image its name
     * @param field of the format, as the specification calls it
     * @param reason what is wrong, with the numbers
     */
    public ImageRefusedException(String image, String field, String reason) {
        super(image + ": " + field + ": " + reason);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
