package org.vinestock.disk.provider.cd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The system use fields of Rock Ridge: names and modes of files. */
final class RockRidge {
    /** Bytes of what the record of the root folder itself has. */
    static final int ROOT = 7 + 36 + 28;

    /** Bytes of what a folder has. */
    static final int FOLDER = 36;

    private static final int FOLDER_MODE = 0040555;
    private static final int FILE_MODE = 0100444;
    private static final String ID = "RRIP_1991A";
    private static final String DESCRIPTOR =
            "THE ROCK RIDGE INTERCHANGE PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS";
    private static final String SOURCE =
            "PLEASE CONTACT DISC PUBLISHER FOR SPECIFICATION SOURCE.  SEE PUBLISHER IDENTIFIER IN PRIMARY VOLUME DESCRIPTOR FOR CONTACT INFORMATION.";

    private RockRidge() {}

    /** What says that it is in use, which is too long for a record. */
    static byte[] inUse() {
        int length = 8 + ID.length() + DESCRIPTOR.length() + SOURCE.length();
        ByteBuffer field = field("ER", length, length);
        field.put((byte) ID.length()).put((byte) DESCRIPTOR.length()).put((byte) SOURCE.length());
        field.put((byte) 1).put(CdImage.ascii(ID + DESCRIPTOR + SOURCE));
        return bytes(field);
    }

    /** Of the root folder itself; {@code sector}, {@code length}: where {@link #inUse} is. */
    static byte[] root(int sector, int length) {
        ByteBuffer fields = field("SP", 7, ROOT);
        fields.put((byte) 0xBE).put((byte) 0xEF).put((byte) 0);
        mode(fields, FOLDER_MODE, 2);
        begin(fields, "CE", 28);
        CdImage.both(fields, sector);
        CdImage.both(fields, 0);
        CdImage.both(fields, length);
        return bytes(fields);
    }

    /** Of the folder above. */
    static byte[] folder() {
        ByteBuffer fields = buffer(FOLDER);
        mode(fields, FOLDER_MODE, 2);
        return bytes(fields);
    }

    /** Of a file. */
    static byte[] file(String name) {
        ByteBuffer fields = buffer(36 + 5 + name.length());
        mode(fields, FILE_MODE, 1);
        begin(fields, "NM", 5 + name.length());
        return bytes(fields.put((byte) 0).put(CdImage.ascii(name)));
    }

    private static void mode(ByteBuffer fields, int mode, int links) {
        begin(fields, "PX", 36);
        CdImage.both(fields, mode);
        CdImage.both(fields, links);
        CdImage.both(fields, 0);
        CdImage.both(fields, 0);
    }

    private static ByteBuffer field(String signature, int length, int room) {
        ByteBuffer fields = buffer(room);
        begin(fields, signature, length);
        return fields;
    }

    private static void begin(ByteBuffer fields, String signature, int length) {
        fields.put(CdImage.ascii(signature)).put((byte) length).put((byte) 1);
    }

    private static ByteBuffer buffer(int room) {
        return ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer fields) {
        byte[] bytes = new byte[fields.capacity()];
        fields.get(0, bytes);
        return bytes;
    }
}
