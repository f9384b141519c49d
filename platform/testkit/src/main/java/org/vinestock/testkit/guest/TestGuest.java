package org.vinestock.testkit.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A guest that boots within seconds also without KVM: Debian's kernel, uncompressed, with the modules that a VM's devices
 * need, and busybox. It prints {@code guest up} on its first serial port and then runs a shell there, so a test types
 * commands and reads what they print.
 *
 * <p>Made once from packages that {@code apt-get} downloads without installing them, and kept under {@code
 * ~/.cache/vinestock}; 96 MiB of memory are enough to run it.
 *
 * @param kernel an ELF image, to be given to QEMU's {@code -kernel}
 * @param initramfs to be given to {@code -initrd}
 */
public record TestGuest(Path kernel, Path initramfs) {
    /** What the kernel is to be told. */
    public static final String COMMAND_LINE = "console=ttyS0 quiet panic=0";

    /** What the guest prints when its shell is there. */
    public static final String UP = "guest up";

    private static final int FORMAT = 2; // raise it when what is made from the same packages changes

    private static final List<String> MODULES = List.of(
            "virtio_pci",
            "virtio_blk",
            "virtio_net",
            "virtio_console",
            "virtio_balloon",
            "virtio-rng",
            "sr_mod",
            "ata_piix",
            "isofs",
            "pvpanic-pci",
            "i6300esb");

    private static final String INIT = """
            #!/bin/busybox sh
            /bin/busybox --install -s /bin
            mount -t proc proc /proc
            mount -t sysfs sysfs /sys
            mount -t devtmpfs devtmpfs /dev
            for module in $(cat /modules/order); do insmod /modules/$module; done
            echo "guest up after $(cut -d' ' -f1 /proc/uptime) s"
            while :; do setsid cttyhack sh; done
            """;

    /**
     * Returns the guest; makes it if nobody has, which takes some seconds and 71 MB of downloads.
     *
     * @throws IllegalStateException saying what to install, if this machine cannot make it
     */
    @SuppressWarnings("try") // the lock is held, not used
    public static TestGuest make() {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "vinestock", "guests");
        try {
            Files.createDirectories(cache);
            // Several test processes may want it at once; the first one makes it.
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                return made(cache);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestGuest made(Path cache) throws IOException {
        String kernelPackage = DebianPackages.dependency("linux-image-amd64", "linux-image-");
        Path folder = cache.resolve(kernelPackage + "-" + FORMAT);
        TestGuest guest = new TestGuest(folder.resolve("vmlinux"), folder.resolve("initramfs.gz"));
        if (Files.isDirectory(folder)) {
            return guest;
        }
        Path work = Files.createTempDirectory(cache, "making");
        try {
            Path parts = DebianPackages.unpacked(work, List.of(kernelPackage, "busybox-static"));
            Path made = Files.createDirectory(work.resolve("made"));
            Files.write(
                    made.resolve("vmlinux"),
                    KernelImage.uncompressed(Files.readAllBytes(only(parts.resolve("boot"), "vmlinuz-"))));
            Files.write(made.resolve("initramfs.gz"), initramfs(parts));
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
            return guest;
        } finally {
            delete(work);
        }
    }

    private static byte[] initramfs(Path parts) throws IOException {
        KernelModules modules = new KernelModules(parts.resolve("lib/modules"));
        Cpio cpio = new Cpio();
        for (String folder : List.of("bin", "dev", "modules", "proc", "sys", "tmp")) {
            cpio.folder(folder);
        }
        cpio.device("dev/console", 5, 1);
        cpio.file("bin/busybox", 0755, Files.readAllBytes(parts.resolve("bin/busybox")));
        cpio.file("init", 0755, INIT.getBytes(StandardCharsets.UTF_8));
        List<String> order = new ArrayList<>();
        for (Path module : modules.inOrder(MODULES)) {
            String name = String.valueOf(module.getFileName());
            order.add(name);
            cpio.file("modules/" + name, 0644, Files.readAllBytes(module));
        }
        cpio.file("modules/order", 0644, String.join("\n", order).getBytes(StandardCharsets.UTF_8));
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(cpio.archive());
        }
        return bytes.toByteArray();
    }

    private static Path only(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + prefix + "* in " + folder));
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
