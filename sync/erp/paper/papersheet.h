#pragma once

#include "papertype.h"

#include <QBuffer>
#include <QColor>
#include <QGlyphRun>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRawFont>

namespace Counterfoil {

enum class Edge { Left, Right, Middle };

namespace Ink {
inline constexpr QRgb text = 0xff1b2330;
inline constexpr QRgb muted = 0xff5b6577;
inline constexpr QRgb hairline = 0xffd3d8e0;
inline constexpr QRgb accent = 0xff24406b;
inline constexpr QRgb wash = 0xfff3f5f8;
} // namespace Ink

// A file that goes with a paper, inside it.
struct PaperFile
{
    QString name;
    QByteArray bytes;
    QString mediaType;
};

// A PDF being drawn. Lengths in points from the sheet's upper left corner.
class PaperSheet
{
public:
    // `embedded` is put into the document, unless it is empty; Qt takes it only before the first page.
    PaperSheet(const PaperType &type, QPageSize::PageSizeId size, const QString &title,
               const PaperFile &embedded = {});

    double width() const { return m_width; }
    double height() const { return m_height; }

    // Every word of a text can be found and copied as it was given, whatever its script does with letters.
    // `x` is the place of the edge named; `baseline` that of the letters' feet.
    void text(double x, double baseline, const PaperLine &line, Lettering lettering, Edge edge = Edge::Left,
              QRgb ink = Ink::text);
    void rule(double x1, double x2, double y, QRgb ink = Ink::hairline, double thickness = 0.6);
    void cutLine(double x1, double x2, double y);
    void box(const QRectF &area, QRgb ink, double radius = 0);

    void nextPage();

    // The whole file; nothing can be drawn afterwards. Empty when drawing failed.
    QByteArray finish();

private:
    // The letters of a word that are of one font and direction.
    struct Letters
    {
        QRawFont font;
        bool rightToLeft = false;
        int start = 0;
        QString text;
    };
    static std::vector<Letters> lettersOf(const QTextLine &line, int start, const QString &word);
    void word(const QTextLine &line, int start, const QString &word, QPointF origin, QRgb ink);
    void shapes(const QList<QGlyphRun> &runs, QPointF origin, QRgb ink);
    void unseen(const QTextLine &line, const Letters &letters, QPointF origin);

    const PaperType &m_type;
    QBuffer m_buffer;
    QPdfWriter m_writer;
    QPainter m_painter;
    double m_width = 0;
    double m_height = 0;
    bool m_sound = true;
};

} // namespace Counterfoil
