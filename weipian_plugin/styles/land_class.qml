<!DOCTYPE qgis>
<qgis version="3.40" styleCategories="Symbology|Labeling|Rendering" hasScaleBasedVisibilityFlag="1" minScale="30000" maxScale="0" simplifyDrawingHints="1" simplifyDrawingTol="1" simplifyAlgorithm="0" simplifyLocal="1" simplifyMaxScale="1" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="substr(class_code, 1, 4)" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" label="耕地" render="true">
        <val value="0101" type="string"/>
        <val value="0102" type="string"/>
        <val value="0103" type="string"/>
        <val value="01" type="string"/>
        <val value="011" type="string"/>
        <val value="012" type="string"/>
        <val value="013" type="string"/>
      </category>
      <category symbol="1" label="其他农用地" render="true">
        <val value="0201" type="string"/>
        <val value="0202" type="string"/>
        <val value="0203" type="string"/>
        <val value="0204" type="string"/>
        <val value="0301" type="string"/>
        <val value="0302" type="string"/>
        <val value="0303" type="string"/>
        <val value="0304" type="string"/>
        <val value="0305" type="string"/>
        <val value="0306" type="string"/>
        <val value="0307" type="string"/>
        <val value="0401" type="string"/>
        <val value="0402" type="string"/>
        <val value="0403" type="string"/>
        <val value="1006" type="string"/>
        <val value="1103" type="string"/>
        <val value="1104" type="string"/>
        <val value="1107" type="string"/>
        <val value="1202" type="string"/>
        <val value="1203" type="string"/>
        <val value="02" type="string"/>
        <val value="03" type="string"/>
        <val value="021" type="string"/>
        <val value="022" type="string"/>
        <val value="023" type="string"/>
        <val value="031" type="string"/>
        <val value="032" type="string"/>
        <val value="033" type="string"/>
        <val value="041" type="string"/>
        <val value="042" type="string"/>
        <val value="104" type="string"/>
        <val value="113" type="string"/>
        <val value="114" type="string"/>
        <val value="117" type="string"/>
        <val value="122" type="string"/>
        <val value="123" type="string"/>
      </category>
      <category symbol="2" label="建设用地" render="true">
        <val value="05H1" type="string"/>
        <val value="0508" type="string"/>
        <val value="0601" type="string"/>
        <val value="0602" type="string"/>
        <val value="0603" type="string"/>
        <val value="0701" type="string"/>
        <val value="0702" type="string"/>
        <val value="08H1" type="string"/>
        <val value="08H2" type="string"/>
        <val value="0809" type="string"/>
        <val value="0810" type="string"/>
        <val value="09" type="string"/>
        <val value="1001" type="string"/>
        <val value="1002" type="string"/>
        <val value="1003" type="string"/>
        <val value="1004" type="string"/>
        <val value="1005" type="string"/>
        <val value="1007" type="string"/>
        <val value="1008" type="string"/>
        <val value="1009" type="string"/>
        <val value="1109" type="string"/>
        <val value="1201" type="string"/>
        <val value="05" type="string"/>
        <val value="06" type="string"/>
        <val value="07" type="string"/>
        <val value="08" type="string"/>
        <val value="20" type="string"/>
        <val value="201" type="string"/>
        <val value="202" type="string"/>
        <val value="203" type="string"/>
        <val value="101" type="string"/>
        <val value="102" type="string"/>
        <val value="103" type="string"/>
        <val value="105" type="string"/>
        <val value="106" type="string"/>
        <val value="107" type="string"/>
        <val value="118" type="string"/>
        <val value="121" type="string"/>
        <val value="204" type="string"/>
        <val value="205" type="string"/>
        <val value="0501" type="string"/>
        <val value="0502" type="string"/>
        <val value="0503" type="string"/>
        <val value="0504" type="string"/>
        <val value="0505" type="string"/>
        <val value="0506" type="string"/>
        <val value="0507" type="string"/>
        <val value="0604" type="string"/>
        <val value="0801" type="string"/>
        <val value="0802" type="string"/>
        <val value="0803" type="string"/>
        <val value="0804" type="string"/>
        <val value="0805" type="string"/>
        <val value="0806" type="string"/>
        <val value="0807" type="string"/>
        <val value="0808" type="string"/>
        <val value="0901" type="string"/>
        <val value="0902" type="string"/>
        <val value="0903" type="string"/>
        <val value="0904" type="string"/>
        <val value="0905" type="string"/>
        <val value="0906" type="string"/>
      </category>
      <category symbol="3" label="未利用地" render="true">
        <val value="0404" type="string"/>
        <val value="1101" type="string"/>
        <val value="1102" type="string"/>
        <val value="1105" type="string"/>
        <val value="1106" type="string"/>
        <val value="1108" type="string"/>
        <val value="1110" type="string"/>
        <val value="1204" type="string"/>
        <val value="1205" type="string"/>
        <val value="1206" type="string"/>
        <val value="1207" type="string"/>
        <val value="043" type="string"/>
        <val value="111" type="string"/>
        <val value="112" type="string"/>
        <val value="115" type="string"/>
        <val value="116" type="string"/>
        <val value="119" type="string"/>
        <val value="124" type="string"/>
        <val value="125" type="string"/>
        <val value="126" type="string"/>
        <val value="127" type="string"/>
      </category>
      <category value="" symbol="4" label="其他编码" type="string" render="true"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="248,240,207,255" type="QString"/>
            <Option name="style" value="solid" type="QString"/>
            <Option name="outline_color" value="189,189,189,255" type="QString"/>
            <Option name="outline_style" value="solid" type="QString"/>
            <Option name="outline_width" value="0.12" type="QString"/>
            <Option name="outline_width_unit" value="MM" type="QString"/>
            <Option name="joinstyle" value="round" type="QString"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="230,241,221,255" type="QString"/>
            <Option name="style" value="solid" type="QString"/>
            <Option name="outline_color" value="189,189,189,255" type="QString"/>
            <Option name="outline_style" value="solid" type="QString"/>
            <Option name="outline_width" value="0.12" type="QString"/>
            <Option name="outline_width_unit" value="MM" type="QString"/>
            <Option name="joinstyle" value="round" type="QString"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="246,225,221,255" type="QString"/>
            <Option name="style" value="solid" type="QString"/>
            <Option name="outline_color" value="189,189,189,255" type="QString"/>
            <Option name="outline_style" value="solid" type="QString"/>
            <Option name="outline_width" value="0.12" type="QString"/>
            <Option name="outline_width_unit" value="MM" type="QString"/>
            <Option name="joinstyle" value="round" type="QString"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="232,236,240,255" type="QString"/>
            <Option name="style" value="solid" type="QString"/>
            <Option name="outline_color" value="189,189,189,255" type="QString"/>
            <Option name="outline_style" value="solid" type="QString"/>
            <Option name="outline_width" value="0.12" type="QString"/>
            <Option name="outline_width_unit" value="MM" type="QString"/>
            <Option name="joinstyle" value="round" type="QString"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" value="247,247,247,255" type="QString"/>
            <Option name="style" value="solid" type="QString"/>
            <Option name="outline_color" value="189,189,189,255" type="QString"/>
            <Option name="outline_style" value="solid" type="QString"/>
            <Option name="outline_width" value="0.12" type="QString"/>
            <Option name="outline_width_unit" value="MM" type="QString"/>
            <Option name="joinstyle" value="round" type="QString"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="class_code" isExpression="0" fontSize="7" fontSizeUnit="Point" fontWeight="50" namedStyle="" textColor="112,112,112,255" textOpacity="1" multilineHeight="1" multilineHeightUnit="Percentage">
        <text-buffer bufferDraw="1" bufferSize="0.5" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferJoinStyle="128" bufferNoFill="1"/>
      </text-style>
      <text-format wrapChar="" multilineAlign="1"/>
      <placement placement="0" dist="1.2" distUnits="MM" polygonPlacementFlags="2" priority="1" centroidWhole="0" centroidInside="1" fitInPolygonOnly="0" overlapHandling="PreventOverlap" allowDegraded="0"/>
      <rendering drawLabels="1" scaleVisibility="1" scaleMin="0" scaleMax="5000" obstacle="0" obstacleFactor="1" limitNumLabels="0" maxNumLabels="2000" minFeatureSize="0" labelPerPart="0" mergeLines="0" zIndex="0"/>
      <dd_properties>
        <Option type="Map"/>
      </dd_properties>
    </settings>
  </labeling>
  <blendMode>6</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <layerOpacity>1</layerOpacity>
  <layerGeometryType>2</layerGeometryType>
</qgis>
