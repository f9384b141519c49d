package org.vinestock.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which module a class was built in, and which modules it may know. */
final class Modules {
    private static final Pattern BUILT_IN = Pattern.compile(".*/((?:platform|bundles)/[^!]+?)/target/.*");
    private static final String API = "platform/api";

    /** It runs in processes of its own, without the platform. */
    private static final String ENGINE = "bundles/dataplane/engine";

    /** It starts those processes, and speaks with them. */
    private static final String STARTER = "bundles/dataplane/provider";

    private Modules() {}

    /** The folder of the module, as {@code bundles/placement/api}; that of the tests here is empty. */
    static String of(JavaClass type) {
        String uri = type.getSource().orElseThrow().getUri().toString();
        Matcher matcher = BUILT_IN.matcher(uri);
        return matcher.matches() ? matcher.group(1) : "";
    }

    static boolean mayKnow(String from, String to) {
        boolean areaApi = to.matches("bundles/[^/]+/api");
        if (from.equals(to)) {
            return true;
        } else if (from.equals(API) || from.equals(ENGINE)) {
            return false;
        } else if (from.equals("platform/testkit")) {
            return List.of(API, "platform/kernel", "platform/store").contains(to);
        } else if (from.startsWith("platform/")) {
            return to.equals(API);
        } else if (from.equals(STARTER) && to.equals(ENGINE)) {
            return true;
        } else {
            return to.equals(API) || areaApi;
        }
    }
}
