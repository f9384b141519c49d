package org.vinestock.machines.provider.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.machines.provider.console.ScreenshotOperation.Shot;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.model.VmId;

class ScreenshotTest {
    private static final VmId VM = new VmId("vm-1");

    @TempDir
    Path folder;

    private final TrySite site = new TrySite(5);
    private byte[] png = {};
    private Path file = Path.of("");

    @BeforeEach
    void aVmThatShowsSomething() throws IOException {
        file = folder.resolve("vm-1.png");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", out);
        png = out.toByteArray();
        site.realHost("z1-r1-h01", 8, 32).created("vm-1");
        site.host("z1-r1-h01").picture = png;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private String failed() {
        return String.valueOf(site.failed(ScreenshotOperation.TYPE, new Shot(VM, file.toString()))
                .getMessage());
    }

    @Test
    void writesItForItsOwnerOnly() throws IOException {
        site.done(ScreenshotOperation.TYPE, new Shot(VM, file.toString()));
        assertArrayEquals(png, Files.readAllBytes(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of("vm-1.png"), files());
    }

    @Test
    void leavesAFileAloneThatIsThere() throws IOException {
        Files.writeString(file, "mine");
        assertEquals("file: " + file + " is there already", failed());
        assertEquals("mine", Files.readString(file));
        assertEquals(List.of("vm-1.png"), files());
    }

    @Test
    void leavesNothingOfAPictureThatIsNotWhole() throws IOException {
        site.host("z1-r1-h01").picture = Arrays.copyOf(png, png.length - 1);
        assertEquals("vm-1's host gave " + (png.length - 1) + " bytes that are no whole PNG", failed());
        assertEquals(List.of(), files());
    }

    @Test
    void saysWhyItCannotBeWritten() {
        file = folder.resolve("nowhere/vm-1.png");
        assertTrue(failed().startsWith(file + " cannot be written: "), failed());
    }

    @Test
    void goesOnAfterACrashThatLeftPartOfIt() throws IOException {
        Files.write(folder.resolve("vm-1.png.part"), Arrays.copyOf(png, 20));
        PictureFile picture = new PictureFile(file);
        assertFalse(picture.isWhole());
        picture.write(png);
        assertTrue(picture.isWhole());
        assertEquals(List.of("vm-1.png"), files());
        assertThrows(FileAlreadyExistsException.class, () -> picture.write(png));
    }

    @Test
    void takesNoPartOfAPictureForAPicture() throws IOException {
        PictureFile picture = new PictureFile(file);
        for (int length = 0; length < png.length; length++) {
            Files.write(file, Arrays.copyOf(png, length));
            assertFalse(picture.isWhole(), length + " bytes");
        }
        for (int spoilt = 0; spoilt < png.length; spoilt++) {
            byte[] other = png.clone();
            other[spoilt] ^= 1;
            assertFalse(PictureFile.isWhole(other), "byte " + spoilt);
        }
        assertFalse(PictureFile.isWhole(Arrays.copyOf(png, png.length + 1)));
        assertTrue(PictureFile.isWhole(png));
    }
}
