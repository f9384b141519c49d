package org.vinestock.qemu.offer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.capability.Screen;

/** The picture of the VGA device, by {@code screendump}. */
public record VmScreen(Reach vm) implements Screen {
    @Override
    public CompletionStage<byte[]> screenshot() {
        return vm.work(() -> {
            Path file = Files.createTempFile(vm.folder().path(), "screen", ".png");
            try {
                vm.execute("screendump", Map.of("filename", file.toString(), "format", "png"));
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        });
    }
}
