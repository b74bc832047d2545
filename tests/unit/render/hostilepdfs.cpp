#include "hostilepdfs.h"

#include "pdfs.h"

#include <zlib.h>

namespace Counterfoil {

namespace {

QByteArray times(qsizetype count, const QByteArray &text)
{
    return text.repeated(count);
}

// `count` repetitions of `block`, squeezed as they are made.
QByteArray squeezed(const QByteArray &block, int count)
{
    z_stream stream{};
    deflateInit(&stream, Z_BEST_SPEED);
    QByteArray result;
    QByteArray buffer(1 << 16, '\0');
    for (int i = 0; i <= count; ++i) {
        QByteArray in = i < count ? block : QByteArray();
        stream.next_in = reinterpret_cast<Bytef *>(in.data());
        stream.avail_in = uInt(in.size());
        do {
            stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
            stream.avail_out = uInt(buffer.size());
            deflate(&stream, i < count ? Z_NO_FLUSH : Z_FINISH);
            result += buffer.left(buffer.size() - qsizetype(stream.avail_out));
        } while (stream.avail_out == 0);
    }
    deflateEnd(&stream);
    return result;
}

QByteArray form(const QByteArray &contents, const QByteArray &resources)
{
    return streamObject(contents,
                        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<" + resources + ">>");
}

constexpr const char *paper = "/MediaBox[0 0 595 842]/Contents 4 0 R";

// Each form draws the next one ten times: ten to the ninth squares from a kilobyte.
QList<QByteArray> formsOfForms(int first)
{
    constexpr int depth = 9;
    QList<QByteArray> objects;
    for (int level = 0; level < depth; ++level)
        objects.append(
            form(times(10, "/F Do\n"), "/XObject<</F " + QByteArray::number(first + level + 1) + " 0 R>>"));
    return objects << form("0 0 10 10 re f", {});
}

QByteArray formsBomb()
{
    return onePagePdf(paper + QByteArray("/Resources<</XObject<</F 5 0 R>>>>"),
                      QList<QByteArray>{streamObject("/F Do")} + formsOfForms(5));
}

QByteArray formThatDrawsItself()
{
    return onePagePdf(paper + QByteArray("/Resources<</XObject<</F 5 0 R>>>>"),
                      {streamObject("/F Do"), form(times(50, "/F Do\n"), "/XObject<</F 5 0 R>>")});
}

QByteArray contentsBomb()
{
    const QByteArray block = times(10'000, "q 1 0 0 1 0 0 cm Q\n");
    return onePagePdf(paper, {streamObject(squeezed(block, 2'000), "/Filter/FlateDecode")});
}

QByteArray imageBomb()
{
    const QByteArray row(1 << 20, '\0');
    return onePagePdf(paper + QByteArray("/Resources<</XObject<</I 5 0 R>>>>"),
                      {streamObject("595 0 0 842 0 0 cm /I Do"),
                       streamObject(squeezed(row, 100),
                                    "/Type/XObject/Subtype/Image/Width 40000/Height 40000"
                                    "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode")});
}

QByteArray tilesBomb()
{
    return onePagePdf(paper + QByteArray("/Resources<</Pattern<</P 5 0 R>>>>"),
                      {streamObject("/Pattern cs /P scn 0 0 595 842 re f"),
                       streamObject("0 0 .001 .001 re f",
                                    "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 .01 .01]"
                                    "/XStep .01/YStep .01/Resources<<>>")});
}

QByteArray nestedContents()
{
    return onePagePdf(paper, {streamObject(times(1'000'000, "[") + " 0 " + times(1'000'000, "]") + " TJ")});
}

QByteArray nestedObject()
{
    return onePagePdf("/MediaBox " + times(500'000, "[") + times(500'000, "]"));
}

QByteArray savedStates()
{
    return onePagePdf(paper, {streamObject(times(2'000'000, "q ") + "0 0 100 100 re f")});
}

QByteArray clipsBomb()
{
    QByteArray path;
    for (int i = 0; i < 300; ++i)
        path += QByteArray::number(i * 7 % 595) + " 0 m " + QByteArray::number(i * 13 % 595) + " 842 l ";
    return onePagePdf(paper, {streamObject(times(400, path + "W* n " + path + "S\n"))});
}

QByteArray dashesBomb()
{
    return onePagePdf(paper, {streamObject("[.00001 .00001] 0 d 0 0 m 595 842 l S")});
}

// A tree whose branches lead back to its root.
QByteArray endlessTree()
{
    return pdfOf({"<</Type/Catalog/Pages 2 0 R>>",
                  "<</Type/Pages/Count 1000000/Kids[" + times(1'000, "3 0 R ") + "]>>",
                  "<</Type/Pages/Parent 2 0 R/Count 1000/Kids[2 0 R 3 0 R 2 0 R]>>"});
}

QByteArray deepTree()
{
    constexpr int depth = 50'000;
    QList<QByteArray> objects{"<</Type/Catalog/Pages 2 0 R>>"};
    for (int level = 0; level < depth; ++level)
        objects.append("<</Type/Pages/Count 1/Kids[" + QByteArray::number(level + 3) + " 0 R]>>");
    return pdfOf(objects << "<</Type/Page/MediaBox[0 0 595 842]>>");
}

QByteArray claimedPages()
{
    return pdfOf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 15000/Kids[3 0 R]>>",
                  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"});
}

QByteArray tableOfItself()
{
    QByteArray pdf = onePagePdf(paper, {streamObject("0 0 100 100 re f")});
    const qsizetype table = pdf.lastIndexOf("xref\n0");
    return pdf.replace("/Root 1 0 R", "/Root 1 0 R/Prev " + QByteArray::number(table));
}

QByteArray lengthOfItself()
{
    return onePagePdf(paper, {"<</Length 4 0 R>>stream\n0 0 100 100 re f\nendstream"});
}

// Glyphs that are drawn with the font that they are glyphs of.
QByteArray fontOfItself()
{
    return onePagePdf(paper + QByteArray("/Resources<</Font<</F 5 0 R>>>>"),
                      {streamObject("BT /F 20 Tf 20 100 Td (" + times(2'000, "a") + ") Tj ET"),
                       "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97"
                       "/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>"
                       "/Resources<</Font<</F 5 0 R>>>>>>",
                       streamObject("9 0 d0 BT /F 1 Tf (aaaaaaaaaa) Tj ET")});
}

// Every group is a picture of the whole page, and all of them are open at once.
QByteArray groupsBomb()
{
    constexpr int depth = 2'000;
    QList<QByteArray> objects{streamObject("/F Do")};
    for (int level = 0; level < depth; ++level)
        objects.append(
            form("0 0 9 9 re f /F Do",
                 "/XObject<</F " + QByteArray::number(level + 6) + " 0 R>>>>/Group<</S/Transparency/I true"));
    return onePagePdf(paper + QByteArray("/Resources<</XObject<</F 5 0 R>>>>"),
                      objects << form("0 0 10 10 re f", {}));
}

QByteArray textBomb()
{
    return onePagePdf(
        paper + QByteArray("/Resources<</Font<</F 5 0 R>>>>"),
        {streamObject(squeezed("BT /F 8 Tf 20 100 Td (one two three four five six) Tj ET\n", 300'000),
                      "/Filter/FlateDecode"),
         "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"});
}

} // namespace

QList<HostilePdf> bombPdfs()
{
    return {{"a page of 800 metres", onePagePdf("/MediaBox[0 0 2268000 2268000]")},
            {"a large page",
             onePagePdf("/MediaBox[0 0 60000 60000]/Contents 4 0 R", {streamObject("0 0 9 9 re f")})},
            {"a page without extent", onePagePdf("/MediaBox[0 0 0 0]")},
            {"a page of no number", onePagePdf("/MediaBox[0 0 1e999 -1e999]")},
            {"contents of 380 MB", contentsBomb()},
            {"forms of forms", formsBomb()},
            {"a form that draws itself", formThatDrawsItself()},
            {"an image of 4.8 GB", imageBomb()},
            {"groups in groups", groupsBomb()},
            {"tiles without end", tilesBomb()},
            {"nested contents", nestedContents()},
            {"nested object", nestedObject()},
            {"saved states", savedStates()},
            {"clips", clipsBomb()},
            {"dashes", dashesBomb()},
            {"a tree that is endless", endlessTree()},
            {"a tree that is deep", deepTree()},
            {"pages that are claimed", claimedPages()},
            {"a table of itself", tableOfItself()},
            {"a length of itself", lengthOfItself()},
            {"a font of itself", fontOfItself()},
            {"text over text", textBomb()}};
}

QByteArray lockedPdf()
{
    const QByteArray key = "<" + times(32, "a7") + ">";
    return pdfOf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
                  "<</Filter/Standard/V 1/R 2/P -4/O" + key + "/U" + key + ">>"},
                 "/Encrypt 4 0 R/ID[<00><00>]");
}

QByteArray manyPagesPdf(int pages)
{
    QByteArray kids;
    QList<QByteArray> objects{"<</Type/Catalog/Pages 2 0 R>>", {}};
    for (int page = 0; page < pages; ++page) {
        kids += QByteArray::number(page + 3) + " 0 R ";
        objects.append("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>");
    }
    objects[1] = "<</Type/Pages/Count " + QByteArray::number(pages) + "/Kids[" + kids + "]>>";
    return pdfOf(objects);
}

QByteArray bombAmongPagesPdf()
{
    const auto page = [](int contents) {
        return "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</F 8 0 R>>>>/Contents "
            + QByteArray::number(contents) + " 0 R>>";
    };
    return pdfOf(QList<QByteArray>{"<</Type/Catalog/Pages 2 0 R>>",
                                   "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>", page(6), page(7),
                                   page(6), streamObject("0 792 50 50 re f"),
                                   streamObject("0 792 50 50 re f /F Do")}
                 + formsOfForms(8));
}

} // namespace Counterfoil
