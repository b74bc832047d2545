#pragma once

#include <QByteArray>

// An order history as a file, for the tests of its import.
namespace HistoryFile {

inline const QByteArray header
    = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n";

// Every quirk that the real file and others like it have, once or more.
inline const QByteArray quirks = header
    + "536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\r\n" // 15.30
      "536365,71053,\"LANTERN, WHITE \"\"METAL\"\"\",6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom\r\n" // 20.34
      "536365,71053,\"LANTERN, WHITE \"\"METAL\"\"\",6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom\r\n" // the same again
      "536366,22633,\"HAND WARMER\r\nUNION JACK\",6,2010-12-01 08:28:00,1.85,17850.0,United Kingdom\r\n" // 11.10
      "C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527.0,United Kingdom\r\n" // -27.50
      "C536380,22960,JAM JAR,-12,2010-12-01 09:49:00,4.25,,Germany\r\n"            // -51.00, of a guest
      "536381,POST,POSTAGE,1,2010-12-01 10:03:00,18.00,12583.0,France\r\n"         // 18.00
      "536382,85176,,-10,2010-12-02 10:00:00,0.0,,United Kingdom\r\n"              // stock written off
      "536383,22139,,56,2010-12-02 11:52:00,0.0,,United Kingdom\r\n"               // found in the warehouse
      "536384,22386,JUMBO BAG,-3,2010-12-02 12:00:00,1.95,17850.0,United Kingdom\r\n"    // -5.85
      "A563185,B,Adjust bad debt,1,2010-12-02 14:50:00,-11.05,,United Kingdom\r\n"       // -11.05
      "536385,PADS,PADS TO MATCH,1,2010-12-31 23:59:59,0.001,13952.0,United Kingdom\r\n" // 0.001
      "536385,21791,VINTAGE GAME,2,2011-01-01 00:00:10,1.25,13952.0,United Kingdom\r\n"  // 2.50, the next
                                                                                         // month
      "536386,21791,VINTAGE GAME,3,2011-01-03 10:00:00,1.25,,United Kingdom\r\n"         // 3.75
      "536386,21791,VINTAGE GAME,1,2011-01-03 10:01:00,1.25,,EIRE\r\n" // 1.25, the same number elsewhere
      "536387,22423,CAF\xc9 STAND,1,2011-01-03 11:00:00,12.75,12345.0,France\r\n"     // 12.75, Latin-1
      "536388,22424,CAF\xc3\x89 STAND,1,2011-01-03 11:00:00,12.75,12345.0,France\r\n" // 12.75, UTF-8
      "\r\n"
      "536389,22424,NO NUMBER,one,2011-01-03 11:00:00,12.75,12345.0,France\r\n"
      "536390,22424,NO DATE,1,1/3/2011 11:00,12.75,12345.0,France\r\n"
      "536391,22424,TOO SHORT,1\r\n"
      ",22424,NO ORDER,1,2011-01-03 11:00:00,12.75,12345.0,France\r\n"
      "536392,,NO ITEM,1,2011-01-03 11:00:00,12.75,12345.0,France\r\n"
      "536393,22425,LAST,4,2011-01-04 11:00:00,0.25,12345.0,France"; // 1.00, no line end

} // namespace HistoryFile
