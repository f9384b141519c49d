package org.vinestock.qemu.qmp;

/** What kind of error QEMU answered with. */
public enum QmpErrorClass {
    /** Most errors; the description says which. */
    GENERIC_ERROR("GenericError"),
    /** This QEMU does not know the command, or not yet: capabilities are negotiated first. */
    COMMAND_NOT_FOUND("CommandNotFound"),
    /** The device is there, but not in use. */
    DEVICE_NOT_ACTIVE("DeviceNotActive"),
    /** There is no such device. */
    DEVICE_NOT_FOUND("DeviceNotFound"),
    /** KVM of this machine cannot do it. */
    KVM_MISSING_CAP("KVMMissingCap"),
    /** One that came after these. */
    UNKNOWN("");

    private final String name;

    QmpErrorClass(String name) {
        this.name = name;
    }

    static QmpErrorClass of(String name) {
        for (QmpErrorClass each : values()) {
            if (each.name.equals(name)) {
                return each;
            }
        }
        return UNKNOWN;
    }
}
