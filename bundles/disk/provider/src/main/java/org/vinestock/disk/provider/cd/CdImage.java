package org.vinestock.disk.provider.cd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes a CD with some small files in its root folder. The same files give the same bytes.
 *
 * <p>As in ECMA-119 (ISO 9660), with two more sets of names, since those of ECMA-119 have neither small letters nor hyphens: Rock
 * Ridge (RRIP 1.09 on SUSP 1.09), which Unixes read first, in the records of the primary tree; and Joliet, which Windows reads, in
 * a second tree.
 *
 * <pre>
 * sector 16       primary descriptor
 * sector 17       Joliet's descriptor
 * sector 18       end of the descriptors
 * sectors 19, 20  path table of the primary tree, little and big endian
 * sectors 21, 22  path table of Joliet's tree
 * sector 23       what does not fit into the first record: which extension is in use
 * sectors 24 ...  the primary root folder, Joliet's root folder, the files
 * </pre>
 */
final class CdImage {
    static final int SECTOR = 2048;

    private static final int PRIMARY = 16;
    private static final int JOLIET = 17;
    private static final int END = 18;
    private static final int PRIMARY_PATHS = 19;
    private static final int JOLIET_PATHS = 21;
    private static final int EXTENSION = 23;
    private static final int ROOTS = 24;
    private static final int PATH_TABLE = 10;
    private static final int ROOT_RECORD = 34;
    private static final byte[] SELF = {0};
    private static final byte[] PARENT = {1};

    private final String volume;
    private final List<Entry> entries = new ArrayList<>();
    private final byte[] extension = RockRidge.inUse();
    private final int primaryRoot = ROOTS;
    private final int primarySize;
    private final int jolietRoot;
    private final int jolietSize;
    private final int sectors;

    /** A file. */
    private static final class Entry {
        final String name;
        final byte[] content;
        final byte[] primaryName;
        final byte[] jolietName;

        /** Where its content is; 0 if it has none. */
        final int sector;

        Entry(int number, String name, byte[] content, int sector) {
            this.name = name;
            this.content = content;
            this.sector = content.length == 0 ? 0 : sector;
            primaryName = ascii(String.format(Locale.ROOT, "FILE%04d.;1", number));
            jolietName = ucs2(name + ";1");
        }
    }

    /** Lays it out. {@code volume}: at most 16 characters. */
    CdImage(String volume, SortedMap<String, byte[]> files) {
        this.volume = volume;
        List<Integer> primary = new ArrayList<>(List.of(rootRecord(RockRidge.ROOT), rootRecord(RockRidge.FOLDER)));
        List<Integer> joliet = new ArrayList<>(List.of(ROOT_RECORD, ROOT_RECORD));
        for (String name : files.keySet()) {
            Entry entry = new Entry(0, name, new byte[0], 0); // for its lengths
            primary.add(record(entry.primaryName.length) + even(RockRidge.file(name).length));
            joliet.add(record(entry.jolietName.length));
        }
        primarySize = folderSize(primary);
        jolietSize = folderSize(joliet);
        jolietRoot = primaryRoot + primarySize / SECTOR;
        int next = jolietRoot + jolietSize / SECTOR;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            entries.add(new Entry(entries.size() + 1, file.getKey(), file.getValue(), next));
            next += (file.getValue().length + SECTOR - 1) / SECTOR;
        }
        sectors = next;
    }

    private static int record(int nameLength) {
        return even(33 + nameLength);
    }

    private static int rootRecord(int systemUse) {
        return ROOT_RECORD + even(systemUse);
    }

    private static int even(int length) {
        return length + length % 2;
    }

    /** Bytes of a folder with records of these lengths: none goes across a sector's end. */
    private static int folderSize(List<Integer> records) {
        int at = 0;
        for (int length : records) {
            at = start(at, length) + length;
        }
        return (at + SECTOR - 1) / SECTOR * SECTOR;
    }

    private static int start(int at, int length) {
        return at % SECTOR + length > SECTOR ? (at / SECTOR + 1) * SECTOR : at;
    }

    /** All of its bytes. */
    byte[] bytes() {
        ByteBuffer image = ByteBuffer.allocate(sectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        descriptor(image, PRIMARY, 1, PRIMARY_PATHS, primaryRoot, primarySize);
        descriptor(image, JOLIET, 2, JOLIET_PATHS, jolietRoot, jolietSize);
        image.position(END * SECTOR);
        image.put((byte) 255).put(ascii("CD001")).put((byte) 1);
        paths(image, PRIMARY_PATHS, primaryRoot);
        paths(image, JOLIET_PATHS, jolietRoot);
        image.position(EXTENSION * SECTOR).put(extension);
        primaryFolder(image);
        jolietFolder(image);
        for (Entry entry : entries) {
            if (entry.content.length > 0) {
                image.position(entry.sector * SECTOR).put(entry.content);
            }
        }
        return image.array();
    }

    private void descriptor(ByteBuffer image, int sector, int type, int paths, int root, int rootSize) {
        boolean joliet = type == 2;
        image.position(sector * SECTOR);
        image.put((byte) type).put(ascii("CD001")).put((byte) 1).put((byte) 0);
        text(image, "", 32, joliet);
        text(image, volume, 32, joliet);
        skip(image, 8);
        both(image, sectors);
        int escapes = image.position();
        if (joliet) {
            image.put(ascii("%/E"));
        }
        image.position(escapes + 32);
        both16(image, 1);
        both16(image, 1);
        both16(image, SECTOR);
        both(image, PATH_TABLE);
        image.putInt(paths).putInt(0).putInt(Integer.reverseBytes(paths + 1)).putInt(0);
        folderRecord(image, SELF, root, rootSize, new byte[0]);
        for (int length : new int[] {128, 128, 128, 128, 37, 37, 37}) {
            text(image, "", length, joliet);
        }
        for (String date : new String[] {"2000010100000000", "2000010100000000", "0".repeat(16), "0".repeat(16)}) {
            image.put(ascii(date)).put((byte) 0);
        }
        image.put((byte) 1);
    }

    private static void paths(ByteBuffer image, int sector, int root) {
        image.position(sector * SECTOR).put((byte) 1).put((byte) 0).putInt(root).putShort((short) 1);
        image.position((sector + 1) * SECTOR).put((byte) 1).put((byte) 0);
        image.putInt(Integer.reverseBytes(root)).putShort(Short.reverseBytes((short) 1));
    }

    private void primaryFolder(ByteBuffer image) {
        image.position(primaryRoot * SECTOR);
        folderRecord(image, SELF, primaryRoot, primarySize, RockRidge.root(EXTENSION, extension.length));
        folderRecord(image, PARENT, primaryRoot, primarySize, RockRidge.folder());
        for (Entry entry : entries) {
            fileRecord(image, primaryRoot, entry.primaryName, entry, RockRidge.file(entry.name));
        }
    }

    private void jolietFolder(ByteBuffer image) {
        image.position(jolietRoot * SECTOR);
        folderRecord(image, SELF, jolietRoot, jolietSize, new byte[0]);
        folderRecord(image, PARENT, jolietRoot, jolietSize, new byte[0]);
        for (Entry entry : entries) {
            fileRecord(image, jolietRoot, entry.jolietName, entry, new byte[0]);
        }
    }

    private static void folderRecord(ByteBuffer image, byte[] name, int sector, int size, byte[] systemUse) {
        record(image, name, sector, size, 2, systemUse);
    }

    private static void fileRecord(ByteBuffer image, int folder, byte[] name, Entry entry, byte[] systemUse) {
        int length = record(name.length) + even(systemUse.length);
        int at = image.position() - folder * SECTOR;
        image.position(folder * SECTOR + start(at, length));
        record(image, name, entry.sector, entry.content.length, 0, systemUse);
    }

    private static void record(ByteBuffer image, byte[] name, int sector, int size, int flags, byte[] systemUse) {
        int begin = image.position();
        int length = record(name.length) + even(systemUse.length);
        image.put((byte) length).put((byte) 0);
        both(image, sector);
        both(image, size);
        image.put(new byte[] {100, 1, 1, 0, 0, 0, 0}); // 1 January 2000
        image.put((byte) flags).put((byte) 0).put((byte) 0);
        both16(image, 1);
        image.put((byte) name.length).put(name);
        image.position(begin + record(name.length)).put(systemUse);
        image.position(begin + length);
    }

    /** Both byte orders, the little end first. */
    static void both(ByteBuffer image, int value) {
        image.putInt(value).putInt(Integer.reverseBytes(value));
    }

    private static void both16(ByteBuffer image, int value) {
        image.putShort((short) value).putShort(Short.reverseBytes((short) value));
    }

    private static void text(ByteBuffer image, String text, int length, boolean joliet) {
        String padded = text + " ".repeat(length);
        byte[] bytes = joliet ? ucs2(padded) : ascii(padded);
        image.put(bytes, 0, joliet ? length / 2 * 2 : length);
        skip(image, joliet ? length % 2 : 0);
    }

    private static void skip(ByteBuffer image, int bytes) {
        image.position(image.position() + bytes);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] ucs2(String text) {
        return text.getBytes(StandardCharsets.UTF_16BE);
    }
}
