package org.vinestock.qemu.offer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.capability.Screen;
import org.vinestock.qemu.qmp.Json;

/** The picture of the VGA device, by {@code screendump}. */
public record VmScreen(Reach vm) implements Screen {
    @Override
    public CompletionStage<byte[]> screenshot() {
        return vm.work(() -> {
            Path file = Files.createTempFile(vm.folder().path(), "screen", ".png");
            try {
                vm.execute("screendump", Json.object("filename", file.toString(), "format", "png"));
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        });
    }
}
