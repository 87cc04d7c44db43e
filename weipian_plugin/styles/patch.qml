<!DOCTYPE qgis>
<qgis version="3.40" styleCategories="Labeling|Rendering" hasScaleBasedVisibilityFlag="0" simplifyDrawingHints="1" simplifyDrawingTol="1" simplifyAlgorithm="0" simplifyLocal="1" simplifyMaxScale="1" labelsEnabled="1">
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="patch_no" isExpression="0" fontSize="9" fontSizeUnit="Point" fontWeight="75" namedStyle="" textColor="32,32,32,255" textOpacity="1" multilineHeight="1" multilineHeightUnit="Percentage">
        <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferJoinStyle="128" bufferNoFill="1"/>
      </text-style>
      <text-format wrapChar="" multilineAlign="1"/>
      <placement placement="8" dist="1.2" distUnits="MM" polygonPlacementFlags="2" priority="10" centroidWhole="0" centroidInside="1" fitInPolygonOnly="0" overlapHandling="PreventOverlap" allowDegraded="0"/>
      <rendering drawLabels="1" scaleVisibility="1" scaleMin="0" scaleMax="20000" obstacle="1" obstacleFactor="1" limitNumLabels="0" maxNumLabels="2000" minFeatureSize="0" labelPerPart="0" mergeLines="0" zIndex="0"/>
      <dd_properties>
        <Option type="Map"/>
      </dd_properties>
    </settings>
  </labeling>
  <layerGeometryType>2</layerGeometryType>
</qgis>
