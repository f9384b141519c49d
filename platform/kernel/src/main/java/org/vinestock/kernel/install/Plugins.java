package org.vinestock.kernel.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plugins that are installed, by the file that they came in and their digest. Any thread; owned by its monitor. */
final class Plugins {
    private final Map<String, Map<String, Plugin>> byFile = new TreeMap<>();

    synchronized void put(Plugin plugin) {
        byFile.computeIfAbsent(plugin.jar().name(), file -> new TreeMap<>())
                .put(plugin.jar().digest(), plugin);
    }

    /** The plugin of a file and digest that has strategies; null if there is none. */
    synchronized @Nullable Plugin find(String file, String digest) {
        Map<String, Plugin> ofFile = byFile.get(file);
        Plugin plugin = ofFile == null ? null : ofFile.get(digest);
        return plugin == null || plugin.strategies().isEmpty() ? null : plugin;
    }

    /** The file in which these bytes were let in; null if they were not. */
    synchronized @Nullable String fileOf(String digest) {
        for (String file : byFile.keySet()) {
            if (find(file, digest) != null) {
                return file;
            }
        }
        return null;
    }

    synchronized void remove(Plugin plugin) {
        Map<String, Plugin> ofFile = byFile.get(plugin.jar().name());
        if (ofFile != null) {
            ofFile.remove(plugin.jar().digest(), plugin);
        }
    }

    /** Takes out all versions of a file. */
    synchronized List<Plugin> take(String file) {
        Map<String, Plugin> ofFile = byFile.remove(file);
        return ofFile == null ? List.of() : List.copyOf(ofFile.values());
    }

    synchronized List<Plugin> all() {
        List<Plugin> all = new ArrayList<>();
        byFile.values().forEach(ofFile -> all.addAll(ofFile.values()));
        return all;
    }
}
