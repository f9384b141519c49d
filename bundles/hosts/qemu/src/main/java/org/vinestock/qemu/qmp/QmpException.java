package org.vinestock.qemu.qmp;

/** QEMU refused a command. */
public final class QmpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final QmpErrorClass errorClass;

    QmpException(String command, QmpErrorClass errorClass, String description) {
        super(command + ": " + description);
        this.errorClass = errorClass;
    }

    /** The kind of error. */
    public QmpErrorClass errorClass() {
        return errorClass;
    }
}
