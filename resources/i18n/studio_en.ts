<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
 <context>
  <name>ClassList</name>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n shape</numerusform>
    <numerusform>%n shapes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n tag</numerusform>
    <numerusform>%n tags</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ClassesPanel</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n shape</numerusform>
    <numerusform>%n shapes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n tag</numerusform>
    <numerusform>%n tags</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Desk</name>
  <message numerus="yes">
   <source>%n kept back: you have labelled the same there already.</source>
   <translation>
    <numerusform>%n kept back: you have labelled the same there already.</numerusform>
    <numerusform>%n kept back: you have labelled the same there already.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message numerus="yes">
   <source>%n image(s) exported to {folder}.</source>
   <translation>
    <numerusform>%n image exported to {folder}.</numerusform>
    <numerusform>%n images exported to {folder}.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FilterBar</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Gallery</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ImagesWorkspace</name>
  <message numerus="yes">
   <source>%n image(s) selected</source>
   <translation>
    <numerusform>%n image selected</numerusform>
    <numerusform>%n images selected</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ImportDialog</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n problem(s):</source>
   <translation>
    <numerusform>%n problem:</numerusform>
    <numerusform>%n problems:</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n shape(s)</source>
   <translation>
    <numerusform>%n shape</numerusform>
    <numerusform>%n shapes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tag(s)</source>
   <translation>
    <numerusform>%n tag</numerusform>
    <numerusform>%n tags</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>JobFooter</name>
  <message numerus="yes">
   <source>%n minute(s) left</source>
   <translation>
    <numerusform>%n minute left</numerusform>
    <numerusform>%n minutes left</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n second(s) left</source>
   <translation>
    <numerusform>%n second left</numerusform>
    <numerusform>%n seconds left</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>PredictWorkspace</name>
  <message numerus="yes">
   <source>%n image(s) predicted</source>
   <translation>
    <numerusform>%n image predicted</numerusform>
    <numerusform>%n images predicted</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ProjectView</name>
  <message numerus="yes">
   <source>%n file(s) of another kind passed over.</source>
   <translation>
    <numerusform>%n file of another kind passed over.</numerusform>
    <numerusform>%n files of another kind passed over.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) added.</source>
   <translation>
    <numerusform>%n image added.</numerusform>
    <numerusform>%n images added.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s) cannot be shown.</source>
   <translation>
    <numerusform>%n image cannot be shown.</numerusform>
    <numerusform>%n images cannot be shown.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>RecentProjects</name>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ResultsWorkspace</name>
  <message numerus="yes">
   <source>measured on %n validation image(s)</source>
   <translation>
    <numerusform>measured on %n validation image</numerusform>
    <numerusform>measured on %n validation images</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Saver</name>
  <message numerus="yes">
   <source>%n file(s) could not be read</source>
   <translation>
    <numerusform>%n file could not be read</numerusform>
    <numerusform>%n files could not be read</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SetupPage</name>
  <message numerus="yes">
   <source>at most about %n minute(s)</source>
   <translation>
    <numerusform>at most about %n minute</numerusform>
    <numerusform>at most about %n minutes</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SidePanel</name>
  <message numerus="yes">
   <source>Accept all %n</source>
   <translation>
    <numerusform>Accept all %n</numerusform>
    <numerusform>Accept all %n</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Everything shown, on %n image(s), in one step that can be undone</source>
   <translation>
    <numerusform>Everything shown, on %n image, in one step that can be undone</numerusform>
    <numerusform>Everything shown, on %n images, in one step that can be undone</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>TaskCard</name>
  <message numerus="yes">
   <source>%n class(es)</source>
   <translation>
    <numerusform>%n class</numerusform>
    <numerusform>%n classes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n image(s)</source>
   <translation>
    <numerusform>%n image</numerusform>
    <numerusform>%n images</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n object(s)</source>
   <translation>
    <numerusform>%n object</numerusform>
    <numerusform>%n objects</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>… and %n more</source>
   <translation>
    <numerusform>… and %n more</numerusform>
    <numerusform>… and %n more</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Welcome</name>
  <message numerus="yes">
   <source>%n unlabelled image(s)</source>
   <translation>
    <numerusform>%n unlabelled image</numerusform>
    <numerusform>%n unlabelled images</numerusform>
   </translation>
  </message>
 </context>
</TS>
