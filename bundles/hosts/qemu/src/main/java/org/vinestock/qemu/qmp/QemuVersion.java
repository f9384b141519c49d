package org.vinestock.qemu.qmp;

/** The version that a monitor greets with. */
public record QemuVersion(int major, int minor, int micro) implements Comparable<QemuVersion> {
    /** The oldest one that is driven. */
    public static final QemuVersion OLDEST = new QemuVersion(7, 2, 0);

    @Override
    public int compareTo(QemuVersion other) {
        int order = Integer.compare(major, other.major);
        order = order != 0 ? order : Integer.compare(minor, other.minor);
        return order != 0 ? order : Integer.compare(micro, other.micro);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro;
    }
}
