package org.vinestock.qemu.qmp;

/**
 * The monitor is gone, or did not answer in time: whether the command was carried out is not known, and has to be looked
 * at.
 */
public final class MonitorLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MonitorLostException(String message) {
        super(message);
    }
}
