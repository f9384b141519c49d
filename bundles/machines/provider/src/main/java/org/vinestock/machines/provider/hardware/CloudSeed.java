package org.vinestock.machines.provider.hardware;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.MachineOperations.CreateVm;
import org.vinestock.model.VmId;

/** The files of cloud-init's data source NoCloud: whom the guest lets in is in its meta-data, so that user-data stays as given. */
final class CloudSeed {
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-z0-9.-]+");
    private static final Pattern HOSTNAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?");
    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]+");

    private CloudSeed() {}

    static boolean isWanted(CreateVm wanted) {
        return wanted.userData() != null || wanted.sshKey() != null || wanted.hostname() != null;
    }

    static SortedMap<String, String> files(VmId vm, CreateVm wanted) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("meta-data", metaData(vm, wanted));
        files.put("user-data", userData(wanted.userData()));
        return files;
    }

    private static String metaData(VmId vm, CreateVm wanted) {
        String text = "instance-id: " + quoted(vm.value()) + "\nlocal-hostname: "
                + quoted(hostname(vm, wanted.hostname())) + "\n";
        String key = wanted.sshKey();
        if (key == null) {
            return text;
        }
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "sshKey: it is more than one line; accepted: one public key, such as ssh-ed25519 AAAA... name");
        }
        return text + "public-keys:\n- " + quoted(key) + "\n";
    }

    private static String hostname(VmId vm, @Nullable String wanted) {
        if (wanted == null) {
            return NOT_IN_NAMES.matcher(vm.value().toLowerCase(Locale.ROOT)).replaceAll("-");
        }
        if (!HOSTNAME.matcher(wanted).matches()) {
            throw new IllegalArgumentException("hostname: \"" + wanted
                    + "\" is no name of a host; accepted: at most 63 letters, digits, - and dots");
        }
        return wanted;
    }

    private static String userData(@Nullable String text) {
        if (text == null) {
            return "#cloud-config\n{}\n";
        }
        if (!text.startsWith("#") && !text.startsWith("Content-Type:")) {
            throw new IllegalArgumentException(
                    "userData: cloud-init would not know what it is; accepted: a text that begins with #cloud-config, #! or Content-Type:");
        }
        return text.endsWith("\n") ? text : text + "\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
