package org.vinestock.machines.provider.console;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.capability.Screen;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VmId;
import org.vinestock.operation.Role;
import org.vinestock.time.Lane;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.Picture;
import org.vinestock.view.View;

/** {@code vm.screen}: what a VM shows. In the shell people use {@code vm.screenshot}, which writes it into a file. */
public final class ScreenView implements View<OneVm, ScreenView.Row> {
    private final Fleet fleet;
    private final Lane lane;

    /** Makes it; {@code lane}: what goes on once the host has answered. */
    public ScreenView(Fleet fleet, Lane lane) {
        this.fleet = fleet;
        this.lane = lane;
    }

    /**
     * A picture.
     *
     * @param bytes of the picture
     * @param png the picture itself, in base64
     */
    public record Row(VmId id, int bytes, String png) implements Picture {
        @Override
        public byte[] asPng() {
            return Base64.getDecoder().decode(png);
        }
    }

    @Override
    public String name() {
        return "vm.screen";
    }

    @Override
    public String summary() {
        return "Show a VM's screen: in a browser as a picture, in JSON as PNG in base64; vm.screenshot writes it into a file";
    }

    @Override
    public Class<OneVm> parametersType() {
        return OneVm.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public Role role() {
        return Role.OPERATOR; // like the console, it may show secrets
    }

    @Override
    public CompletionStage<Page<Row>> read(OneVm parameters, Snapshot snapshot, PageRequest page) {
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        Screen screen = fleet.capability(vm.id(), Lookup.place(vm, snapshot), Screen.class);
        return screen.screenshot()
                .thenApplyAsync(
                        png -> new Page<>(List.of(
                                new Row(vm.id(), png.length, Base64.getEncoder().encodeToString(png)))),
                        lane);
    }
}
