package org.vinestock.surfaces.report;

import java.util.Locale;

/** Writes HTML and SVG: text is escaped, numbers have few digits. */
final class Markup {
    private final StringBuilder out = new StringBuilder();

    /** Writes markup as it is. */
    Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Writes text. */
    Markup text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Writes an element of text; {@code tag} may have attributes. */
    Markup element(String tag, String text) {
        int blank = tag.indexOf(' ');
        out.append('<').append(tag).append('>').append(escaped(text)).append("</");
        out.append(blank < 0 ? tag : tag.substring(0, blank)).append(">\n");
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** Text that is safe between tags and in quoted attributes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A coordinate. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
