<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Counterfoil::FreshnessPanel</name>
    <message numerus="yes">
        <source>%1 changes received since the start</source>
        <translation>
            <numerusform>%1 change received since the start</numerusform>
            <numerusform>%1 changes received since the start</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::OrdersPane</name>
    <message numerus="yes">
        <source>%n new above</source>
        <translation>
            <numerusform>%n new above</numerusform>
            <numerusform>%n new above</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 orders</source>
        <translation>
            <numerusform>%1 order</numerusform>
            <numerusform>%1 orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more currencies open</source>
        <comment>amounts</comment>
        <translation>
            <numerusform>%1 and %n more currency open</numerusform>
            <numerusform>%1 and %n more currencies open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::Timeline</name>
    <message numerus="yes">
        <source>and %n earlier</source>
        <translation>
            <numerusform>and %n earlier</numerusform>
            <numerusform>and %n earlier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counterfoil::Workspace</name>
    <message numerus="yes">
        <source>%n order windows are open, which is the most at once. Close one first.</source>
        <translation>
            <numerusform>%n order window is open, which is the most at once. Close one first.</numerusform>
            <numerusform>%n order windows are open, which is the most at once. Close one first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Back online: %1 changes caught up in %2 s</source>
        <translation>
            <numerusform>Back online: %1 change caught up in %2 s</numerusform>
            <numerusform>Back online: %1 changes caught up in %2 s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 open orders</source>
        <translation>
            <numerusform>%1 open order</numerusform>
            <numerusform>%1 open orders</numerusform>
        </translation>
    </message>
</context>
</TS>
